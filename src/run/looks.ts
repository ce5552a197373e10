// Looks: asks the witnesses at one standstill of the world, and writes what they say into the evidence.

import type { Recorder } from "../evidence/recorder.ts";
import { WitnessError } from "../fault.ts";
import { now } from "../kernel/clock.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import type { Subject, Testimony, Witness } from "../witness/witness.ts";
import { Beacon } from "./beacon.ts";

interface Look {
  readonly witness: Witness;
  readonly testimonies: readonly Testimony[];
  /** When it had spoken. */
  readonly at: string;
}

export class Looks {
  private witnesses: readonly Witness[];
  private readonly scene: string;
  private readonly place: Visitable;
  private readonly recorder: Recorder;
  private readonly giveUp: (witness: Witness) => void;

  /** `giveUp` is told of a witness that nobody should ask again in the whole run. */
  constructor(
    scene: string,
    place: Visitable,
    witnesses: readonly Witness[],
    recorder: Recorder,
    giveUp: (witness: Witness) => void,
  ) {
    this.scene = scene;
    this.place = place;
    this.witnesses = witnesses;
    this.recorder = recorder;
    this.giveUp = giveUp;
    for (const witness of witnesses) witness.begin?.();
  }

  /** Asks all, or only those that cost next to nothing. One that fails is not asked again in this scene. */
  async take(after: string, subjects: readonly Subject[], askAll: boolean): Promise<void> {
    const asked = this.witnesses.filter((witness) => askAll || !witness.spawnsProcess);
    using beacon = new Beacon(this.place, subjects);
    // All are started before the first is awaited: the tools' processes run side by side.
    const looks = asked.map(async (witness) => {
      const testimonies = await witness.look(subjects, beacon.endpoint, this.place);
      return { witness, testimonies, at: now() };
    });
    const settled = await Promise.allSettled(looks);
    const spoken = settled.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
    // The evidence is in order of time, and the tools end in any order.
    for (const look of spoken.sort((one, other) => (one.at < other.at ? -1 : 1))) this.write(after, look);
    settled.forEach((look, index) => {
      if (look.status === "rejected") this.dismiss(asked[index], look.reason);
    });
  }

  private write(after: string, { witness, testimonies, at }: Look): void {
    for (const testimony of testimonies)
      this.recorder.sighting({
        type: "sighting",
        at,
        scene: this.scene,
        after,
        witness: witness.name,
        source: witness.source,
        ...testimony,
      });
  }

  private dismiss(witness: Witness | undefined, reason: unknown): void {
    if (!(reason instanceof WitnessError) || witness === undefined) throw reason;
    this.witnesses = this.witnesses.filter((other) => other !== witness);
    if (reason.hung) this.giveUp(witness);
    this.recorder.note({
      type: "note",
      at: now(),
      scene: this.scene,
      topic: "witness-fault",
      text: `${reason.message} (not asked again in this ${reason.hung ? "run" : "scene"})`,
      data: { witness: witness.name },
    });
  }
}

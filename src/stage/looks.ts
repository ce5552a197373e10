// Looks: asks the witnesses at one standstill of the world, and writes what they say into the evidence.

import type { Recorder } from "../evidence/recorder.ts";
import { WitnessError } from "../fault.ts";
import { now } from "../kernel/clock.ts";
import type { Subject, Testimony, Witness } from "../witness/witness.ts";

export class Looks {
  private witnesses: readonly Witness[];
  private readonly scene: string;
  private readonly recorder: Recorder;

  constructor(scene: string, witnesses: readonly Witness[], recorder: Recorder) {
    this.scene = scene;
    this.witnesses = witnesses;
    this.recorder = recorder;
  }

  /** Asks all, or only those that cost next to nothing. One that fails is not asked again in this scene. */
  async take(after: string, subjects: readonly Subject[], askAll: boolean): Promise<void> {
    const asked = this.witnesses.filter((witness) => askAll || !witness.costly);
    // All are started before the first is awaited: the tools' processes run side by side.
    const looks = asked.map(async (witness) => ({ witness, testimonies: await witness.look(subjects) }));
    const settled = await Promise.allSettled(looks);
    settled.forEach((look, index) => {
      if (look.status === "fulfilled") this.write(after, look.value.witness, look.value.testimonies);
      else this.dismiss(asked[index], look.reason);
    });
  }

  private write(after: string, { name, source }: Witness, testimonies: readonly Testimony[]): void {
    for (const testimony of testimonies)
      this.recorder.sighting({
        type: "sighting",
        at: now(),
        scene: this.scene,
        after,
        witness: name,
        source,
        ...testimony,
      });
  }

  private dismiss(witness: Witness | undefined, reason: unknown): void {
    if (!(reason instanceof WitnessError) || witness === undefined) throw reason;
    this.witnesses = this.witnesses.filter((other) => other !== witness);
    this.recorder.note({
      type: "note",
      at: now(),
      scene: this.scene,
      topic: "witness-fault",
      text: `${reason.message} (not asked again in this scene)`,
      data: { witness: witness.name },
    });
  }
}

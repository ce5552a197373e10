// Looks: asks the witnesses at one standstill of the world, and writes what they say into the evidence.

import type { SceneRecorder } from "../evidence/recorder.ts";
import { WitnessError } from "../fault.ts";
import { now } from "../kernel/clock.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import type { Subject, Testimony, Witness } from "../witness/witness.ts";
import { Beacon } from "./beacon.ts";

export interface LooksSetting {
  /** Where the ends are. */
  readonly world: Visitable;
  readonly recorder: SceneRecorder;
  readonly witnesses: readonly Witness[];
  /** Told of a witness that nobody should ask again in the whole run. */
  readonly giveUp: (witness: Witness) => void;
}

interface Look {
  readonly witness: Witness;
  readonly testimonies: readonly Testimony[];
  /** When it had spoken. */
  readonly at: string;
}

export class Looks {
  private readonly setting: LooksSetting;
  private asked: readonly Witness[];

  /** `ports`: of the scene's ends. */
  constructor(setting: LooksSetting, ports: readonly number[]) {
    this.setting = setting;
    this.asked = setting.witnesses;
    for (const witness of setting.witnesses) witness.begin?.(ports);
  }

  /** Those that have not failed in this scene. */
  get witnesses(): readonly Witness[] {
    return this.asked;
  }

  /**
   * Asks some, all at once: the tools' processes run side by side. What each says of a subject is written down as seen after
   * the action that `after` names for it; one that fails is not asked again in this scene.
   */
  async take(
    witnesses: readonly Witness[],
    subjects: readonly Subject[],
    after: (index: number) => string,
  ): Promise<readonly Look[]> {
    const { world } = this.setting;
    using beacon = new Beacon(world, subjects);
    const looks = witnesses.map(async (witness) => {
      const testimonies = await witness.look(subjects, beacon.endpoint, world);
      return { witness, testimonies, at: now() };
    });
    const settled = await Promise.allSettled(looks);
    const spoken = settled.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
    // The evidence is in order of time, and the tools end in any order.
    for (const look of spoken.sort((one, other) => (one.at < other.at ? -1 : 1))) this.write(look, after);
    settled.forEach((look, index) => {
      if (look.status === "rejected") this.dismiss(witnesses[index], look.reason);
    });
    return spoken;
  }

  private write({ witness: { name: witness }, testimonies, at }: Look, after: (index: number) => string): void {
    testimonies.forEach((testimony, index) => {
      this.setting.recorder.sighting({ at, after: after(index), witness, ...testimony });
    });
  }

  private dismiss(witness: Witness | undefined, reason: unknown): void {
    if (!(reason instanceof WitnessError) || witness === undefined) throw reason;
    this.asked = this.asked.filter((other) => other !== witness);
    if (reason.hung) this.setting.giveUp(witness);
    const text = `${reason.message} (not asked again in this ${reason.hung ? "run" : "scene"})`;
    this.setting.recorder.note("witness-fault", text, { witness: witness.name });
  }
}

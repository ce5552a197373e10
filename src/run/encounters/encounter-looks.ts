// The looks of a scene of encounters: at all its connections at once, before they meet their segments and after.

import type { EncounterConnection } from "../../drive/encounter-connection.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import { HarnessError, WitnessError } from "../../fault.ts";
import { now } from "../../kernel/clock.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import type { EncounterScene } from "../../lab/lab.ts";
import type { Testimony, Witness } from "../../witness/witness.ts";
import { Beacon } from "../beacon.ts";

/** A connection that is looked at. */
export interface Looked {
  readonly apart: EncounterConnection;
  /** The id of the action after which it is. */
  readonly after: string;
}

export interface Met extends Looked {
  /** It met its segment later than it should. */
  readonly stale: boolean;
}

export class EncounterLooks {
  private readonly scene: EncounterScene;
  private readonly place: Visitable;
  private readonly recorder: Recorder;
  private readonly giveUp: (witness: Witness) => void;
  private witnesses: readonly Witness[];

  /** `giveUp`: told of a witness that hangs, which is asked no more in this run. */
  constructor(
    scene: EncounterScene,
    place: Visitable,
    recorder: Recorder,
    witnesses: readonly Witness[],
    giveUp: (witness: Witness) => void,
  ) {
    this.giveUp = giveUp;
    this.scene = scene;
    this.place = place;
    this.recorder = recorder;
    this.witnesses = witnesses;
  }

  /** The quickest witness says who is where its encounter wants it; who is not meets nothing. */
  async lookBefore(there: readonly Looked[]): Promise<readonly EncounterConnection[]> {
    const [quickest] = this.witnesses.filter(({ spawnsProcess }) => !spawnsProcess);
    if (quickest === undefined) return there.map(({ apart }) => apart);
    const testimonies = await this.ask(quickest, there);
    return there
      .filter(({ apart }, index) => testimonies[index]?.states?.includes(apart.encounter.way.state) ?? true)
      .map(({ apart }) => apart);
  }

  /** Those that spawn a process look where the scene wants a sample, and only at its first connection. */
  async lookAfter(met: readonly Met[]): Promise<void> {
    for (const witness of this.witnesses) {
      if (!witness.spawnsProcess) await this.ask(witness, met);
      else if (this.scene.sample) await this.ask(witness, met.slice(0, 1));
    }
  }

  /** One look at all these connections, written down; none where the witness failed, which is not asked again. */
  private async ask(witness: Witness, about: readonly Looked[]): Promise<readonly Testimony[]> {
    try {
      const subjects = about.map(({ apart }) => apart.subject);
      using beacon = new Beacon(this.place, subjects);
      const testimonies = await witness.look(subjects, beacon.endpoint, this.place);
      if (testimonies.length !== subjects.length)
        throw new HarnessError(
          `encounters: ${witness.name} said ${testimonies.length} things of ${subjects.length} ends`,
        );
      testimonies.forEach((testimony, index) => {
        this.writeSighting(witness, about[index]?.after ?? "", testimony);
      });
      return testimonies;
    } catch (error) {
      if (!(error instanceof WitnessError)) throw error;
      this.dismiss(witness, error);
      return [];
    }
  }

  private writeSighting({ name, source }: Witness, after: string, testimony: Testimony): void {
    this.recorder.sighting({
      type: "sighting",
      at: now(),
      scene: this.scene.id,
      after,
      witness: name,
      source,
      ...testimony,
    });
  }

  private dismiss(witness: Witness, { message, hung }: WitnessError): void {
    if (hung) this.giveUp(witness);
    this.witnesses = this.witnesses.filter((other) => other !== witness);
    this.recorder.note({
      type: "note",
      at: now(),
      scene: this.scene.id,
      topic: "witness-fault",
      text: `${message} (not asked again in this ${hung ? "run" : "scene"})`,
      data: { witness: witness.name },
    });
  }
}

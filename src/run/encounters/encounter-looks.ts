// The looks of a scene of encounters: at all its connections at once, before they meet their segments and after.

import { spawnsProcess } from "../../evidence/witnesses.ts";
import { HarnessError } from "../../fault.ts";
import type { EncounterScene } from "../../lab/scene.ts";
import type { Testimony, Witness } from "../../witness/witness.ts";
import { Looks, type LooksSetting } from "../looks.ts";
import type { TapedConnection } from "./encounter-tape.ts";

/** A connection that is looked at. */
export interface Looked {
  readonly apart: TapedConnection;
  /** The id of the action after which it is. */
  readonly after: string;
}

export interface Met extends Looked {
  /** It met its segment later than it should. */
  readonly stale: boolean;
}

export class EncounterLooks {
  private readonly scene: EncounterScene;
  private readonly looks: Looks;

  constructor(scene: EncounterScene, setting: LooksSetting) {
    this.scene = scene;
    this.looks = new Looks(setting, []);
  }

  /** The quickest witness says who is where its encounter wants it; who is not meets nothing. */
  async lookBefore(there: readonly Looked[]): Promise<readonly TapedConnection[]> {
    const [quickest] = this.looks.witnesses.filter(({ name }) => !spawnsProcess(name));
    if (quickest === undefined) return there.map(({ apart }) => apart);
    const testimonies = await this.ask(quickest, there);
    return there
      .filter(({ apart }, index) => testimonies[index]?.states?.includes(apart.encounter.way.state) ?? true)
      .map(({ apart }) => apart);
  }

  /** Those that spawn a process look where the scene wants a sample, and only at its first connection. */
  async lookAfter(met: readonly Met[]): Promise<void> {
    for (const witness of this.looks.witnesses) {
      if (!spawnsProcess(witness.name)) await this.ask(witness, met);
      else if (this.scene.sample) await this.ask(witness, met.slice(0, 1));
    }
  }

  /** One look at all these connections; nothing where the witness failed. */
  private async ask(witness: Witness, about: readonly Looked[]): Promise<readonly Testimony[]> {
    const subjects = about.map(({ apart }) => apart.subject);
    const [look] = await this.looks.take([witness], subjects, (index) => about[index]?.after ?? "");
    if (look !== undefined && look.testimonies.length !== subjects.length)
      throw new HarnessError(
        `encounters: ${witness.name} said ${look.testimonies.length} things of ${subjects.length} ends`,
      );
    return look?.testimonies ?? [];
  }
}

// The populations of a run: begun where they stand in the lab, and waited for when everything else has been played.

import { type Recorder, SceneRecorder } from "../../evidence/recorder.ts";
import { now } from "../../kernel/clock.ts";
import type { PopulationScene } from "../../lab/scene.ts";
import type { RunSetting } from "../../lab/scene-sysctls.ts";
import { readConfigHz } from "../../machine/config-hz.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Witness } from "../../witness/witness.ts";
import { settingData } from "../scene-setting.ts";
import type { SceneWorlds } from "../scene-worlds.ts";
import { UsageSampler } from "../usage.ts";
import { refuseTooLarge } from "./limits.ts";
import { type Ageing, PopulationWatch } from "./population-watch.ts";

export interface PopulationsSetting {
  readonly family: Family;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  readonly signal: AbortSignal;
  readonly sysctls: RunSetting;
  readonly worlds: SceneWorlds;
  /** How many entries a population has that does not say so itself. */
  readonly entries: number;
  /** Populations take a minute: they are left out, and that is said. */
  readonly leftOut: boolean;
  readonly onLook?: (ageing: Ageing) => void;
}

export class Populations implements Disposable {
  private readonly setting: PopulationsSetting;
  private readonly watches: PopulationWatch[] = [];
  private readonly making: Promise<void>[] = [];
  private usage: UsageSampler | undefined;
  /** Of the first population. */
  private first: SceneRecorder | undefined;

  constructor(setting: PopulationsSetting) {
    this.setting = setting;
  }

  /** Its entries are made side by side with those of others. Throws a UsageError for a population that is too large. */
  begin(scene: PopulationScene): void {
    const { entries: asked, leftOut, ...setting } = this.setting;
    const family = scene.family ?? setting.family;
    const recorder = new SceneRecorder(setting.recorder, scene.id, now);
    if (leftOut) {
      recorder.note("shortened", "Left out by --quick: it takes a minute.");
      return;
    }
    const entries = scene.entries ?? asked;
    refuseTooLarge(entries);
    recorder.note("scene", scene.title, {
      mode: scene.mode,
      family,
      entries,
      ...settingData(scene, setting.sysctls),
    });
    const watch = new PopulationWatch({ ...setting, recorder, scene, entries, family, configHz: readConfigHz() });
    this.watches.push(watch);
    this.first ??= recorder;
    this.usage ??= new UsageSampler();
    const making = watch.begin();
    making.catch(() => {}); // told by made()
    this.making.push(making);
  }

  /** Waits until every entry of all is made. */
  async made(): Promise<void> {
    await Promise.all(this.making);
  }

  /** Before something that keeps the machine busy for so many milliseconds: where an end falls into them, waits for it. */
  async makeRoom(milliseconds: number): Promise<void> {
    for (const watch of this.watches) if (watch.endsWithin(milliseconds)) await watch.ended;
  }

  /** Waits for the end of all; where the run was interrupted, writes down what was seen until then. */
  async finish(): Promise<void> {
    await this.made();
    for (const watch of this.watches) await watch.finish();
    if (this.first !== undefined) this.usage?.note(this.first);
  }

  [Symbol.dispose](): void {
    this.usage?.[Symbol.dispose]();
    for (const watch of this.watches) watch[Symbol.dispose]();
  }
}

// A population that grows: looked at by every witness at each size, and weighed at last.

import type { GrowthScene } from "../../lab/scene.ts";
import { growPopulation } from "../growth/grow-population.ts";
import { recorderOf, type SceneRun } from "../scene-run.ts";
import { settingData } from "../scene-setting.ts";

/** It keeps the main thread busy, on a machine that is busy itself so long. */
const BUSY_MS = 20_000;

export async function runGrowth(scene: GrowthScene, run: SceneRun): Promise<void> {
  await run.populations.makeRoom(BUSY_MS);
  const family = scene.family ?? run.family;
  const recorder = recorderOf(run, scene);
  recorder.note("scene", scene.title, { mode: scene.mode, family, ...settingData(scene, run.sysctls) });
  await growPopulation({ ...run, scene, family, recorder });
}

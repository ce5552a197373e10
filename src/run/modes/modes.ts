// The modes of scenes, one row each: how one is run, and which steps it has.

import { meetStep, reachStep } from "../../drive/encounter.ts";
import type { SceneMode } from "../../evidence/scene-modes.ts";
import type { Scene } from "../../lab/scene.ts";
import { beginDryRun, type DryRun } from "../dry-runner.ts";
import { LOOK_AT_ZERO } from "../population/look-at-zero.ts";
import type { SceneRun } from "../scene-run.ts";
import { runEncounters } from "./encounters.ts";
import { dryRunFree, runFree } from "./free.ts";
import { runGrowth } from "./growth.ts";
import { runPopulation } from "./population.ts";
import { dryRunStepped, runStepped } from "./stepped.ts";

interface Mode<M extends SceneMode> {
  /** Resolves when the scene has been played; one that stands alongside the scenes that follow has then begun. */
  run(scene: Scene<M>, run: SceneRun): Promise<void>;
  readonly standsAlongside: boolean;
  /** The names of its steps, in order, without a kernel. */
  steps(scene: Scene<M>): readonly string[] | Promise<readonly string[]>;
}

const stepsPlayed = async (play: (dry: DryRun) => Promise<void>): Promise<readonly string[]> => {
  const dry = beginDryRun();
  await play(dry);
  return dry.steps;
};

const MODES: { readonly [M in SceneMode]: Mode<M> } = {
  stepped: {
    run: runStepped,
    standsAlongside: false,
    steps: (scene) => stepsPlayed((dry) => dryRunStepped(scene, dry)),
  },
  free: {
    run: runFree,
    standsAlongside: false,
    steps: (scene) => stepsPlayed((dry) => dryRunFree(scene, dry)),
  },
  encounters: {
    run: runEncounters,
    standsAlongside: false,
    steps: ({ encounters }) => encounters.flatMap(({ id }) => [reachStep(id), meetStep(id)]),
  },
  population: { run: runPopulation, standsAlongside: true, steps: () => [LOOK_AT_ZERO] },
  growth: { run: runGrowth, standsAlongside: false, steps: () => [] },
};

/** By the scene's own mode. */
export const modeOf = <M extends SceneMode>({ mode }: { readonly mode: M }): Mode<M> => MODES[mode];

export const runScene = <M extends SceneMode>(mode: M, scene: Scene<M>, run: SceneRun): Promise<void> =>
  MODES[mode].run(scene, run);

export const stepsOf = async <M extends SceneMode>(mode: M, scene: Scene<M>): Promise<readonly string[]> =>
  MODES[mode].steps(scene);

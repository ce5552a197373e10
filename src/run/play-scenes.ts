// Plays every scene of a lab that this machine can play, one after the other, each in a world of its own.

import type { Alphabet } from "../evidence/personal-alphabet.ts";
import type { Recorder } from "../evidence/recorder.ts";
import type { Lab, Scene } from "../lab/scene.ts";
import { claimsOf, needsOf } from "../lab/scene-claims.ts";
import type { RunSetting } from "../lab/scene-sysctls.ts";
import type { Capabilities } from "../machine/capabilities.ts";
import type { Family } from "../tcp/segment.ts";
import type { Witness } from "../witness/witness.ts";
import { dryRun } from "./dry-run.ts";
import { modeOf, runScene } from "./modes/modes.ts";
import type { Ageing } from "./population/population-watch.ts";
import { Populations } from "./population/populations.ts";
import { recorderOf, type SceneRun } from "./scene-run.ts";
import { SceneWorlds } from "./scene-worlds.ts";
import { Interrupted, type Stepper } from "./stepper.ts";

export interface Play {
  readonly lab: Lab;
  readonly family: Family;
  readonly capabilities: Capabilities;
  readonly witnesses: readonly Witness[];
  /** Of the run's ports, where another run at the same time must not have the same. */
  readonly portBlock?: number;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  readonly sysctls: RunSetting;
  readonly stepper?: Stepper;
  readonly alphabet?: Alphabet;
  /** Leaves out scenes that take long. */
  readonly quick?: boolean;
  /** Told before each scene, for a person who waits. */
  readonly onScene?: (scene: Scene) => void;
  /** Told when a scene has been played to its end. */
  readonly onPlayed?: (scene: Scene) => void;
  /** Told after each look at a population. */
  readonly onLook?: (ageing: Ageing) => void;
  /** Entries of a TIME_WAIT population. */
  readonly population?: number;
}

const DEFAULT_POPULATION = 1000;

/** Returns whether the run was interrupted; what was recorded until then stands. */
export async function playScenes(play: Play): Promise<{ readonly interrupted: boolean }> {
  const { lab, signal, population: entries = DEFAULT_POPULATION, quick: leftOut = false } = play;
  using worlds = new SceneWorlds({ ...play, scenes: lab.scenes });
  using populations = new Populations({ ...play, worlds, entries, leftOut });
  const hung = new Set<Witness>();
  const giveUp = (witness: Witness) => void hung.add(witness);
  let told = false;
  for (const [number, scene] of lab.scenes.entries()) {
    play.onScene?.(scene);
    const witnesses = play.witnesses.filter((witness) => !hung.has(witness));
    try {
      await playScene({ ...play, worlds, populations, number, witnesses, giveUp }, scene);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      recorderOf(play, scene).note("interrupted", "The run was interrupted here.");
      told = true;
      break;
    }
    if (!modeOf(scene).standsAlongside) play.onPlayed?.(scene);
  }
  await populations.finish();
  const [first] = lab.scenes;
  if (signal.aborted && !told && first !== undefined)
    recorderOf(play, first).note("interrupted", "The run was interrupted while its populations stood.");
  for (const scene of lab.scenes) if (modeOf(scene).standsAlongside) play.onPlayed?.(scene);
  return { interrupted: signal.aborted };
}

async function playScene(play: Play & Omit<SceneRun, "claims" | "steps">, scene: Scene): Promise<void> {
  const recorder = recorderOf(play, scene);
  if (play.quick && scene.takes !== undefined)
    return recorder.note("shortened", `Left out by --quick: it takes ${scene.takes}.`);
  const lacking = needsOf(scene).filter((need) => !play.capabilities.have.has(need));
  if (lacking.length > 0) return recorder.note("not-played", `Not played: this machine lacks ${lacking.join(", ")}.`);
  if (!modeOf(scene).standsAlongside) await play.populations.made();
  const claims = claimsOf({ id: play.lab.id, scenes: [scene] });
  await runScene(scene.mode, scene, { ...play, claims, steps: await dryRun(play.lab, scene) });
}

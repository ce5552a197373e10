// Plays every scene of a lab that this machine can play, one after the other, each in a namespace of its own.

import type { Question } from "../claims/claim.ts";
import { TooLate } from "../drive/step-runner.ts";
import type { Alphabet } from "../evidence/personal-alphabet.ts";
import type { Recorder } from "../evidence/recorder.ts";
import { now } from "../kernel/clock.ts";
import {
  claimsOf,
  type GrowthScene,
  type Lab,
  mayNotPause,
  needsOf,
  type PopulationScene,
  type Scene,
} from "../lab/lab.ts";
import type { RunSetting } from "../lab/scene-sysctls.ts";
import type { Capabilities } from "../machine/capabilities.ts";
import type { Family } from "../tcp/segment.ts";
import type { Witness } from "../witness/witness.ts";
import { dryRun } from "./dry-run.ts";
import { EncounterRunner } from "./encounters/encounter-runner.ts";
import { playGrowth } from "./growth/grow-population.ts";
import type { Ageing } from "./population/population-watch.ts";
import { Populations } from "./population/populations.ts";
import { SceneRunner } from "./scene-runner.ts";
import { SceneWorlds } from "./scene-worlds.ts";
import { endpointsOf, freeEndpoints, settingData } from "./setting.ts";
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

/** A growing population keeps the main thread busy, on a machine that is busy itself so long. */
const GROWTH_MS = 20_000;

/** A scene that races a kernel timer may come too late; its attempt is discarded, the last one too, and that is said. */
const ATTEMPTS = 5;

/** Returns whether the run was interrupted; what was recorded until then stands. */
export async function playScenes(play: Play): Promise<{ readonly interrupted: boolean }> {
  const { population: entries = DEFAULT_POPULATION, quick: leftOut = false } = play;
  using worlds = new SceneWorlds({ ...play, scenes: play.lab.scenes });
  using populations = new Populations({ ...play, worlds, entries, leftOut });
  const hung = new Set<Witness>();
  let told = false;
  for (const [number, scene] of play.lab.scenes.entries()) {
    play.onScene?.(scene);
    const witnesses = play.witnesses.filter((witness) => !hung.has(witness));
    try {
      await playScene(
        { ...play, witnesses, worlds, giveUp: (witness) => hung.add(witness) },
        scene,
        number,
        populations,
      );
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      note(play, scene, "interrupted", "The run was interrupted here.");
      told = true;
      break;
    }
    if (scene.mode !== "population") play.onPlayed?.(scene);
  }
  await populations.finish();
  const [first] = play.lab.scenes;
  if (play.signal.aborted && !told && first !== undefined)
    note(play, first, "interrupted", "The run was interrupted while its populations stood.");
  for (const scene of play.lab.scenes) if (scene.mode === "population") play.onPlayed?.(scene);
  return { interrupted: play.signal.aborted };
}

interface ScenePlay extends Play {
  readonly worlds: SceneWorlds;
  readonly giveUp: (witness: Witness) => void;
}

async function playScene(play: ScenePlay, scene: Scene, number: number, populations: Populations): Promise<void> {
  if (play.quick && scene.takes !== undefined) {
    note(play, scene, "shortened", `Left out by --quick: it takes ${scene.takes}.`);
    return;
  }
  const lacking = needsOf(scene).filter((need) => !play.capabilities.have.has(need));
  if (lacking.length > 0) {
    note(play, scene, "not-played", `Not played: this machine lacks ${lacking.join(", ")}.`);
    return;
  }
  if (scene.mode === "population") {
    populations.begin(scene);
    return;
  }
  await populations.made();
  if (scene.mode === "growth") {
    await populations.makeRoom(GROWTH_MS);
    return playGrowing(play, scene);
  }
  for (let attempt = 1; ; attempt++) {
    const mark = play.recorder.mark();
    try {
      await playOnce(play, scene, number);
      if (!wasTooSlow(play, scene, mark) || (attempt === ATTEMPTS && waitedInVain(play, mark))) return;
      throw new TooLate("the kernel had repeated a segment before the scene was over");
    } catch (error) {
      if (!(error instanceof TooLate)) throw error;
      play.recorder.discardSince(mark, scene.id);
      note(play, scene, "attempt", `Attempt ${attempt} came too late and was discarded: ${error.message}.`);
      if (attempt === ATTEMPTS) return;
    }
  }
}

function wasTooSlow({ recorder }: Play, scene: Scene, mark: ReturnType<Recorder["mark"]>): boolean {
  if (!mayNotPause(scene)) return false;
  return recorder.lines.slice(mark.lines).some((line) => line.type === "segment" && line.repeats !== undefined);
}

/** It is late because a step waited for what never came, and came so each time: that is the kernel's doing, and is judged. */
function waitedInVain({ recorder }: Play, mark: ReturnType<Recorder["mark"]>): boolean {
  const lines = recorder.lines.slice(mark.lines);
  const firstRepeat = lines.findIndex((line) => line.type === "segment" && line.repeats !== undefined);
  const inTime = firstRepeat > lines.findLastIndex(({ type }) => type === "action");
  return inTime && lines.some((line) => line.type === "note" && line.topic === "nothing-came");
}

async function playGrowing(play: ScenePlay, scene: GrowthScene): Promise<void> {
  const family = scene.family ?? play.family;
  note(play, scene, "scene", scene.title, {
    mode: scene.mode,
    family,
    ...settingData(scene, play.sysctls),
  });
  await playGrowth({ ...play, scene, family });
}

async function playOnce(
  play: ScenePlay,
  scene: Exclude<Scene, PopulationScene | GrowthScene>,
  number: number,
): Promise<void> {
  using own = await play.worlds.make(scene);
  const { world, missing } = own;
  const family = scene.family ?? (scene.address === undefined ? play.family : "ipv4");
  const endpoints = world.isPrivate
    ? endpointsOf(family, number, scene.address, play.portBlock)
    : await freeEndpoints(family);
  note(play, scene, "scene", scene.title, {
    mode: scene.mode,
    family,
    client: { ...endpoints.client },
    server: { ...endpoints.server },
    ...settingData(scene, play.sysctls, missing),
    ...(scene.mtu !== undefined && { mtu: scene.mtu }),
  });
  if (scene.mode === "encounters") {
    noteClosedLimits(play, scene, missing);
    const { recorder, giveUp, signal } = play;
    // The tracepoint hears of the run's own block of ports alone; encounters have others.
    const witnesses = play.witnesses.filter(({ name }) => name !== "tracepoint");
    await new EncounterRunner({ scene, world, number, family, recorder, witnesses, giveUp, signal }).play();
    return;
  }
  const runner = new SceneRunner({
    scene,
    world,
    family,
    endpoints,
    recorder: play.recorder,
    witnesses: play.witnesses,
    giveUp: play.giveUp,
    askedSteps: await askedSteps(play.lab, scene),
    watchesListener: claimsOf({ id: play.lab.id, scenes: [scene] }).some(({ ask }) => "socket" in ask),
    signal: play.signal,
    ...(play.stepper !== undefined && { stepper: play.stepper }),
    ...(play.alphabet !== undefined && { alphabet: play.alphabet }),
  });
  await runner.play(scene);
}

/** Where a limit could not be opened, silence may be its doing: the judge must know. */
function noteClosedLimits(play: Play, scene: Scene, missing: readonly string[]): void {
  if (missing.length === 0) return;
  const text = `This kernel does not let a namespace set ${missing.join(", ")}: silence may be its rate limit's doing.`;
  note(play, scene, "limits-closed", text, { missing: [...missing] });
}

const LOOKED_FOR: readonly Question["what"][] = ["state", "timer", "inode", "testimony"];

/** The steps after which a claim asks for a state or a timer: there even the witnesses that spawn a process look. */
async function askedSteps(lab: Lab, scene: Scene): Promise<ReadonlySet<string>> {
  const steps = await dryRun(lab, scene);
  const before = (step: string) => steps[steps.indexOf(step) - 1] ?? [];
  const stepsOf = (ask: Question) => {
    if (ask.what === "transition") return [ask.of, before(ask.of)].flat();
    return LOOKED_FOR.includes(ask.what) && "after" in ask ? [ask.after] : [];
  };
  return new Set(claimsOf({ id: lab.id, scenes: [scene] }).flatMap(({ ask }) => stepsOf(ask)));
}

function note(
  play: Play,
  scene: Scene,
  topic: string,
  text: string,
  data?: Parameters<Recorder["note"]>[0]["data"],
): void {
  play.recorder.note({ type: "note", at: now(), scene: scene.id, topic, text, ...(data !== undefined && { data }) });
}

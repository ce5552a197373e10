// Plays two scenes at one time, a step of the one and a step of the other in turn, and prints what was recorded and how it is judged.

import { findLab } from "../cli/find-lab.ts";
import { Recorder } from "../evidence/recorder.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { probeCapabilities } from "../machine/capabilities.ts";
import { NOTHING_ASKED, settleSysctls } from "../machine/run-sysctls.ts";
import { dryRun } from "../run/dry-run.ts";
import { runScene } from "../run/modes/modes.ts";
import { Populations } from "../run/population/populations.ts";
import { SceneWorlds } from "../run/scene-worlds.ts";
import type { Stepper } from "../run/stepper.ts";
import type { Family } from "../tcp/segment.ts";
import { judge } from "../verdict/judge.ts";
import { chooseWitnesses } from "../witness/choose.ts";
import { findTools } from "../witness/tools.ts";

/** One lab's scene is in the middle of a handshake while the other's connection is closed. */
const PLAYED = [
  { name: "handshake", id: "documented-numbers", family: "ipv4" },
  { name: "close", id: "documented-numbers", family: "ipv6" },
] as const;

/** Whose turn it is; the one that has ended leaves its turns to the other. */
class Turns {
  private readonly playing = new Set(PLAYED.map((_, index) => index));
  private turn = 0;
  private waiting: (() => void)[] = [];

  stepper(own: number): Stepper {
    return {
      enter: () => {},
      choose: async () => {
        while (this.turn !== own) await new Promise<void>((resolve) => this.waiting.push(resolve));
        return "deliver";
      },
      show: () => this.pass(own),
    };
  }

  end(own: number): void {
    this.playing.delete(own);
    this.pass(own);
  }

  private pass(from: number): void {
    this.turn = [...this.playing].find((other) => other !== from) ?? from;
    const { waiting } = this;
    this.waiting = [];
    for (const go of waiting) go();
  }
}

const capabilities = await probeCapabilities(false, Promise.reject(new Error("not asked for")));
const sysctls = settleSysctls(NOTHING_ASKED, capabilities, undefined);
const witnesses = await chooseWitnesses(findTools([]).found, []);
const { signal } = new AbortController();
using worlds = new SceneWorlds({ scenes: [], sysctls, capabilities });
const turns = new Turns();

async function play({ name, id, family }: (typeof PLAYED)[number], number: number) {
  const lab = await findLab(name);
  const scene = lab.scenes.find((one) => one.id === id);
  if (scene === undefined) throw new Error(`${name}: no scene ${id}`);
  const recorder = new Recorder();
  const common = { family: family satisfies Family, recorder, witnesses, signal, sysctls, worlds };
  using populations = new Populations({ ...common, entries: 0, leftOut: true });
  const claims = claimsOf({ id: lab.id, scenes: [scene] });
  const steps = await dryRun(lab, scene);
  const giveUp = () => {};
  const run = { ...common, number, populations, claims, steps, giveUp, stepper: turns.stepper(number) };
  await runScene(scene.mode, scene, run).finally(() => turns.end(number));
  const surprises = judge(claims, recorder.lines, capabilities).filter(({ verdict, expected }) => verdict !== expected);
  return { lines: recorder.lines, surprises, witnesses: witnesses.map(({ name: one }) => one) };
}

process.stdout.write(JSON.stringify(await Promise.all(PLAYED.map(play))));

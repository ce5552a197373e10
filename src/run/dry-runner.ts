// Where a scene is played without a kernel, only to learn its steps: the real verbs, a world that refuses every touch, and a runner that keeps names.

import { OtherSockets } from "../drive/other-sockets.ts";
import type { StepRunner } from "../drive/step-runner.ts";
import { LabError } from "../fault.ts";
import type { Time } from "../lab/scene.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import { stepNumberer } from "./stepper.ts";

/** What no dry run comes to. */
export const never = (): never => {
  throw new LabError("dry run: a verb touched the kernel");
};

export const NO_WORLD: World = {
  isPrivate: true,
  tape: undefined,
  path: undefined,
  inside: never,
  openSocket: never,
  openHeldSocket: never,
  send: never,
  counters: never,
  segmentCounts: never,
};

export interface DryRun {
  readonly runner: StepRunner;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  readonly others: OtherSockets;
  readonly time: Time;
  /** The names of the steps so far, in order. */
  readonly steps: readonly string[];
}

const NOWHERE = { address: "", port: 0 };

export function beginDryRun(): DryRun {
  const steps: string[] = [];
  const number = stepNumberer();
  const runner: StepRunner = {
    runStep: async ({ name }) => {
      steps.push(number(name));
    },
    readTape: () => {},
    writeMade: () => {
      throw new LabError("dry run: nothing is made here");
    },
  };
  const endpoints = { client: NOWHERE, server: NOWHERE };
  const timeStep = (name: string) => runner.runStep({ actor: "lab", name, execute: never });
  const time = {
    pass: (duration: string) => timeStep(`pass ${duration}`),
    awaitSecond: () => timeStep("await a second"),
  };
  return { runner, endpoints, others: new OtherSockets(NO_WORLD, "ipv4", endpoints, runner), time, steps };
}

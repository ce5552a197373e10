// The dry run: plays a scene without a kernel, only to learn its steps, so that a claim about a step that does not exist is refused before a socket opens.

import type { Question } from "../claims/claim.ts";
import { type DocumentedPath, isSegmentRow } from "../claims/path.ts";
import { closest } from "../closest.ts";
import { meetStep, reachStep } from "../drive/encounter.ts";
import { FreeEnd } from "../drive/free-end.ts";
import { HeldWire } from "../drive/held-wire.ts";
import { MachineVerbs } from "../drive/machine-verbs.ts";
import { OtherSockets } from "../drive/other-sockets.ts";
import type { Step, StepRunner } from "../drive/step-runner.ts";
import { SteppedEnd } from "../drive/stepped-end.ts";
import { LabError } from "../fault.ts";
import { claimsOf, type Lab, type Scene } from "../lab/lab.ts";
import { ENDS } from "../tcp/end.ts";
import { reachable } from "../tcp/figure-5.ts";
import { readFlags } from "../tcp/flags.ts";
import { STATES, type TcpState } from "../tcp/state.ts";
import type { World } from "../wire/world.ts";
import { LOOK_AT_ZERO } from "./population/look-at-zero.ts";
import { stepNumberer } from "./step-name.ts";

/** The names of a scene's steps, in order. Throws a LabError when the scene's documented facts do not fit it. */
export async function dryRun(lab: Lab, scene: Scene): Promise<readonly string[]> {
  if (scene.documented !== undefined) checkPath(scene, scene.documented);
  const steps = await stepsOf(scene);
  for (const claim of claimsOf({ id: lab.id, scenes: [scene] }))
    for (const step of stepsAsked(claim.ask)) checkStep(claim.id, step, steps);
  return steps;
}

async function stepsOf(scene: Scene): Promise<readonly string[]> {
  if (scene.mode === "encounters") return scene.encounters.flatMap(({ id }) => [reachStep(id), meetStep(id)]);
  if (scene.mode === "population") return [LOOK_AT_ZERO];
  if (scene.mode === "growth") return [];
  const steps: string[] = [];
  const number = stepNumberer();
  const hand: StepRunner = {
    runStep: async (step: Step) => {
      steps.push(number(step.name));
    },
    readTape: () => {},
    writeMade: () => {
      throw new LabError("dry run: nothing is made here");
    },
  };
  const endpoint = { address: "", port: 0 };
  const timeStep = (step: string) => hand.runStep({ actor: "lab", name: step, execute: never });
  const time = {
    pass: (duration: string) => timeStep(`pass ${duration}`),
    awaitSecond: () => timeStep("await a second"),
  };
  const others = new OtherSockets(NO_WORLD, "ipv4", { client: endpoint, server: endpoint }, hand);
  if (scene.mode === "free") {
    const end = (name: "client" | "server") =>
      new FreeEnd({ end: name, world: NO_WORLD, local: endpoint, remote: endpoint }, hand);
    await scene.play({
      client: end("client"),
      server: end("server"),
      others,
      machine: new MachineVerbs(NO_WORLD, hand),
      time,
    });
  } else {
    const wire = new HeldWire(hand, NO_WORLD, "ipv4", { client: endpoint, server: endpoint });
    const end = (name: "client" | "server") =>
      new SteppedEnd({ end: name, world: NO_WORLD, family: "ipv4", local: endpoint, remote: endpoint }, hand, wire);
    await scene.play({ client: end("client"), server: end("server"), wire, others, time });
  }
  return scene.mode === "stepped" && scene.established !== undefined ? ["establish", ...steps] : steps;
}

const never = (): never => {
  throw new LabError("dry run: a verb touched the kernel");
};

const NO_WORLD: World = {
  isPrivate: true,
  tape: undefined,
  inside: never,
  openSocket: never,
  openHeldSocket: never,
  send: never,
  counters: never,
  segmentCounts: never,
};

/** The steps that a question is about. */
function stepsAsked(ask: Question): readonly string[] {
  const steps: string[] = [];
  if ("after" in ask) steps.push(ask.after);
  if (ask.what !== "number" && "of" in ask) steps.push(ask.of);
  if ("pick" in ask && ask.pick?.during !== undefined) steps.push(ask.pick.during);
  return steps;
}

function checkStep(claim: string, step: string, steps: readonly string[]): void {
  if (steps.includes(step)) return;
  const nearest = closest(step, steps);
  throw new LabError(
    `lab: claim ${claim}: asks about the step "${step}", which the scene does not have: ${nearest === undefined ? `its steps are ${steps.join(", ")}` : `did you mean "${nearest}"?`}`,
  );
}

/** A documented path must consist of states and flags that exist, and of moves that figure 5 allows. */
function checkPath(scene: Scene, path: DocumentedPath): void {
  for (const end of ENDS) {
    let before: TcpState | undefined;
    for (const row of path.rows) {
      if (isSegmentRow(row)) {
        if (readFlags(row.segment) === undefined)
          throw new LabError(`lab: scene ${scene.id}, row ${row.id}: "${row.segment}" is no combination of flags`);
        continue;
      }
      const state = row[end];
      if (state === undefined) continue;
      checkState(scene.id, row.id, state);
      if (before !== undefined && before !== state && !reachable(before, state))
        throw new LabError(
          `lab: scene ${scene.id}, row ${row.id}: no arrows of figure 5 lead from ${before} to ${state}`,
        );
      before = state;
    }
  }
}

function checkState(scene: string, row: string, state: string): void {
  if ((STATES as readonly string[]).includes(state)) return;
  throw new LabError(
    `lab: scene ${scene}, row ${row}: no such state "${state}": did you mean ${closest(state, STATES)}?`,
  );
}

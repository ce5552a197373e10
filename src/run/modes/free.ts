// A free scene: two ends of plain node:net, at the kernel's own pace and Node's.

import { FreeEnd } from "../../drive/free-end.ts";
import { MachineVerbs } from "../../drive/machine-verbs.ts";
import type { FreeScene } from "../../lab/scene.ts";
import type { End } from "../../tcp/end.ts";
import { type DryRun, NO_WORLD } from "../dry-runner.ts";
import { openScene, type SceneRun } from "../scene-run.ts";
import { SceneRunner } from "../scene-runner.ts";

export async function runFree(scene: FreeScene, run: SceneRun): Promise<void> {
  using open = await openScene(scene, run);
  const runner = new SceneRunner({ ...open, scene, run });
  const { world, endpoints } = open;
  const personal = run.alphabet === undefined ? {} : { alphabet: run.alphabet };
  const { client: local, server: remote } = endpoints;
  await using client = new FreeEnd({ end: "client", world, local, remote, ...personal }, runner);
  await using server = new FreeEnd({ end: "server", world, local: remote, remote: local, ...personal }, runner);
  runner.watch(() => [client.subject, server.subject]);
  using others = runner.others;
  const { machine, time } = runner;
  await runner.untilItEnds(() => scene.play({ client, server, others, machine, time }));
}

export async function dryRunFree(scene: FreeScene, { runner, time, others, endpoints }: DryRun): Promise<void> {
  const { client: local, server: remote } = endpoints;
  const end = (name: End) => new FreeEnd({ end: name, world: NO_WORLD, local, remote }, runner);
  const machine = new MachineVerbs(NO_WORLD, runner);
  await scene.play({ client: end("client"), server: end("server"), others, machine, time });
}

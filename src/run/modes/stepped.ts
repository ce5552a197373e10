// A stepped scene: two ends of libc sockets, and the held wire between them.

import { HeldWire } from "../../drive/held-wire.ts";
import { TooLate } from "../../drive/step-runner.ts";
import { SteppedEnd } from "../../drive/stepped-end.ts";
import { isNoteOf } from "../../evidence/notes.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import type { SteppedScene } from "../../lab/scene.ts";
import { mayNotPause } from "../../lab/scene-claims.ts";
import type { End } from "../../tcp/end.ts";
import { type DryRun, NO_WORLD, never } from "../dry-runner.ts";
import { type OpenScene, openScene, recorderOf, type SceneRun } from "../scene-run.ts";
import { SceneRunner } from "../scene-runner.ts";

/** A scene that races a kernel timer may come too late; its attempt is discarded, the last one too, and that is said. */
const ATTEMPTS = 5;

export async function runStepped(scene: SteppedScene, run: SceneRun): Promise<void> {
  const { recorder } = run;
  for (let attempt = 1; ; attempt++) {
    const mark = recorder.mark();
    try {
      await runOnce(scene, run);
      if (!wasTooSlow(recorder, scene, mark) || (attempt === ATTEMPTS && waitedInVain(recorder, mark))) return;
      throw new TooLate("the kernel had repeated a segment before the scene was over");
    } catch (error) {
      if (!(error instanceof TooLate)) throw error;
      recorder.discardSince(mark, scene.id);
      const text = `Attempt ${attempt} came too late and was discarded: ${error.message}.`;
      recorderOf(run, scene).note("attempt", text);
      if (attempt === ATTEMPTS) return;
    }
  }
}

export async function dryRunStepped(scene: SteppedScene, { runner, time, others, endpoints }: DryRun): Promise<void> {
  if (scene.established !== undefined) await runner.runStep({ actor: "lab", name: ESTABLISH, execute: never });
  const wire = new HeldWire(runner, NO_WORLD, "ipv4", endpoints);
  const end = (name: End) =>
    new SteppedEnd({ end: name, world: NO_WORLD, family: "ipv4", ...placesOf(name, endpoints) }, runner, wire);
  await scene.play({ client: end("client"), server: end("server"), wire, others, time });
}

type Mark = ReturnType<Recorder["mark"]>;

function wasTooSlow({ lines }: Recorder, scene: SteppedScene, mark: Mark): boolean {
  if (!mayNotPause(scene)) return false;
  return lines.slice(mark.lines).some((line) => line.type === "segment" && line.repeats !== undefined);
}

/** It is late because a step waited for what never came, and came so each time: that is the kernel's doing, and is judged. */
function waitedInVain(recorder: Recorder, mark: Mark): boolean {
  const lines = recorder.lines.slice(mark.lines);
  const firstRepeat = lines.findIndex((line) => line.type === "segment" && line.repeats !== undefined);
  const inTime = firstRepeat > lines.findLastIndex(({ type }) => type === "action");
  return inTime && lines.some((line) => isNoteOf(line, "nothing-came"));
}

async function runOnce(scene: SteppedScene, run: SceneRun): Promise<void> {
  using open = await openScene(scene, run);
  const runner = new SceneRunner({ ...open, scene, run });
  const wire = new HeldWire(runner, open.world, open.family, open.endpoints);
  runner.hold(wire);
  using client = openEnd("client", scene, run, open, runner, wire);
  using server = openEnd("server", scene, run, open, runner, wire);
  const listeners = runner.watchesListener ? [client, server] : [];
  runner.watch(() => [
    client.sockets.subject,
    server.sockets.subject,
    ...listeners.flatMap(({ sockets }) => sockets.listenerSubject ?? []),
  ]);
  if (scene.established !== undefined) await establish(scene.established, { client, server }, wire, runner);
  using others = runner.others;
  await runner.untilItEnds(() => scene.play({ client, server, wire, others, time: runner.time }));
}

function openEnd(
  end: End,
  { isn: isns }: SteppedScene,
  { alphabet }: SceneRun,
  { world, family, endpoints }: OpenScene,
  runner: SceneRunner,
  wire: HeldWire,
): SteppedEnd {
  const isn = isns?.[end];
  const chosen = { ...(isn !== undefined && { isn }), ...(alphabet !== undefined && { alphabet }) };
  const opened = new SteppedEnd({ end, world, family, ...placesOf(end, endpoints), ...chosen }, runner, wire);
  opened.sockets.open();
  return opened;
}

const placesOf = (end: End, { client, server }: OpenScene["endpoints"]) =>
  end === "client" ? { local: client, remote: server } : { local: server, remote: client };

/** The step's name. */
const ESTABLISH = "establish";

const establish = (
  next: Readonly<Record<End, number>>,
  { client, server }: Readonly<Record<End, SteppedEnd>>,
  wire: HeldWire,
  runner: SceneRunner,
): Promise<void> =>
  runner.runStep({
    actor: "lab",
    name: ESTABLISH,
    execute: () => {
      client.sockets.establish(next.client, next.server);
      server.sockets.establish(next.server, next.client);
      wire.begin(next);
      const numbers = `the client's next number is ${next.client}, the server's ${next.server}`;
      return {
        sentence: `The lab puts both ends into ESTABLISHED without a handshake (TCP_REPAIR): ${numbers}.`,
        outcome: { ok: true },
      };
    },
  });

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readTimeline } from "../../evidence/timeline-file.ts";
import { HOST } from "../../kernel/network-namespace.ts";
import { runLabProcess, temporaryFolder } from "../../testing/lab-process.ts";
import type { Subject } from "../witness.ts";
import { startTracepoint } from "./tracepoint.ts";

const LAUNCHER = fileURLToPath(new URL("../../launch.mjs", import.meta.url));
const LIST = `test -d /sys/kernel/tracing/instances || mount -t tracefs tracefs /sys/kernel/tracing; ls /sys/kernel/tracing/instances`;

/** Of runs of ours, by pid; looked at in a mount namespace that is gone afterwards. */
function instances(): readonly number[] {
  const { stdout } = spawnSync("unshare", ["--mount", "sh", "-c", LIST], { encoding: "utf8" });
  return [...stdout.matchAll(/^tcp-loopback-lab-(\d+)-\d+$/gm)].map(([, pid]) => Number(pid));
}

const whyNot = (): string | false => {
  const { status, stderr } = spawnSync("unshare", ["--mount", "sh", "-c", LIST], { encoding: "utf8" });
  return status === 0 ? false : `tracefs needs real root: ${stderr.trim()}`;
};

test("a run that was killed leaves its trace instance, and the next run sweeps it", { skip: whyNot() }, async () => {
  using out = temporaryFolder();
  const killed = spawn(process.execPath, [LAUNCHER, "states", "--json", "--out", out.path], { stdio: "ignore" });
  const { pid } = killed;
  assert.ok(pid !== undefined);
  const deadline = performance.now() + 60_000;
  while (!instances().includes(pid) && performance.now() < deadline) await sleep(50);
  killed.kill("SIGKILL");
  await new Promise((resolve) => killed.once("exit", resolve));
  assert.ok(instances().includes(pid), "the run did not come to trace anything");
  const { verdict } = await runLabProcess("./labs/control/wrong-state.ts", out.path);
  assert.ok(verdict.capabilities.includes("tracepoint"));
  assert.ok(!instances().includes(pid), "the instance of the killed run is still there");
});

const PORTS = [29_000, 29_999] as const;

async function listenAt(port: number) {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const { port: taken } = server.address() as AddressInfo;
  return { port: taken, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

test("it says CLOSED of an end that it could have heard, and of one outside its ports nothing", {
  skip: whyNot(),
}, async () => {
  await using tracepoint = await startTracepoint(new Map([[9, { ports: [PORTS], notTo: 1 }]]));
  await using outside = await listenAt(0);
  await using inside = await listenAt(PORTS[0]);
  const address = "127.0.0.1";
  const statesAt = async (port: number) => {
    const subject: Subject = { end: "server", local: { address, port }, remote: { address, port: 2 }, listens: true };
    return (await tracepoint.look([subject], subject.local, HOST)).map(({ states }) => states);
  };
  assert.deepEqual(await statesAt(outside.port), []);
  assert.deepEqual(await statesAt(inside.port), [["LISTEN", "SYN_RCVD"]]);
  assert.deepEqual(await statesAt(PORTS[1]), [["CLOSED"]]);
});

test("what it heard before a scene began is of others, as of a connection of an earlier run that ends late", {
  skip: whyNot(),
}, async () => {
  await using tracepoint = await startTracepoint(new Map([[9, { ports: [PORTS], notTo: 1 }]]));
  const local = { address: "127.0.0.1", port: PORTS[0] + 1 };
  const subject: Subject = { end: "server", local, remote: { ...local, port: 2 }, listens: true };
  const heard = async () =>
    (await tracepoint.look([subject], local, HOST)).map(({ states, raw }) => [states, raw !== ""]);
  await using _listener = await listenAt(local.port);
  await using _other = await listenAt(local.port + 1);
  tracepoint.begin?.([local.port + 1]);
  assert.deepEqual(await heard(), [[["LISTEN", "SYN_RCVD"], true]], "another scene began");
  tracepoint.begin?.([local.port]);
  assert.deepEqual(await heard(), [[["CLOSED"], false]]);
});

test("two runs at one time hear of different ports", { skip: whyNot() }, async () => {
  using out = temporaryFolder();
  const run = () => runLabProcess("./labs/control/every-state.ts", out.path);
  const [one, other] = await Promise.all([run(), run()]);
  const ports = [one, other].map(({ verdict }) => clientPortOf(join(out.path, verdict.run.lab, verdict.run.id)));
  assert.notEqual(ports[0], ports[1]);
});

const clientPortOf = (run: string): number =>
  readTimeline(readFileSync(join(run, "timeline.jsonl"), "utf8")).flatMap((line) =>
    line.type === "segment" && line.end === "client" ? line.from.port : [],
  )[0] ?? 0;

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { LAUNCHER } from "../../testing/lab-process.ts";
import { isGone, keptNamespacesOf, processesIn, until } from "../../testing/processes.ts";
import { commandOnMachine, makePath, usersFolder, whyNoSimulation } from "../../testing/simulated-machine.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const skip = whyNoSimulation() ?? false;
const FILES = ["capture.pcapng", "environment.json", "report.md", "timeline.jsonl", "verdict.json"];

function assertWhole(folder: string): void {
  const files = readdirSync(folder);
  assert.deepEqual(
    FILES.filter((name) => !files.includes(name)),
    [],
  );
}

/**
 * Holds its SYN for so long that every signal comes meanwhile. How far it has come stands in files, each with the number of
 * the process that plays: written by timers, since in a dry run no time passes.
 */
const waitingLab = (time: string): string => `import { writeFileSync } from "node:fs";
import { lab, scene } from "tcp-loopback-lab";

const sign = (name: string) =>
  setTimeout(() => writeFileSync(new URL(name, import.meta.url), String(process.pid)), 10);

const state = (id: string, value: "SYN_SENT" | "SYN_RCVD", end: "client" | "server", after: string) =>
  ({ id, claim: id, source: "linux", cite: "a test", documented: { kind: "state", value }, ask: { what: "state", end, after } }) as const;

export default lab({
  id: "waiting",
  question: "What stays when a run is ended in the middle?",
  scenes: [
    scene({
      id: "held",
      title: "A SYN is held for a while.",
      mode: "stepped",
      claims: [state("before", "SYN_SENT", "client", "client connect"), state("later", "SYN_RCVD", "server", "deliver SYN")],
      async play({ client, server, wire, time }) {
        await server.listen();
        const listens = sign("listens");
        await client.connect();
        const connects = sign("connects");
        await time.pass("${time}");
        clearTimeout(listens);
        clearTimeout(connects);
        await wire.deliver("SYN");
        await wire.flow();
      },
    }),
  ],
});
`;

interface Running {
  readonly process: ChildProcess;
  readonly pid: number;
  /** The process that plays the scenes. */
  readonly player: number;
  /** Those that the player keeps: of the scenes, and what they are made from. */
  readonly namespaces: readonly string[];
  readonly runs: string;
  readonly ended: Promise<{ readonly status: number | null; readonly stderr: string }>;
}

const lab = (folder: string) => [join(folder, "waiting.ts"), "--out", join(folder, "out"), "--quiet"];
type Command = readonly [string, ...string[]];
const direct = (folder: string): Command => [process.execPath, LAUNCHER, ...lab(folder)];
const launched = (folder: string): Command => commandOnMachine({}, direct(folder));

async function startWaiting(
  t: TestContext,
  folder: string,
  [command, ...words]: Command,
  {
    time = "60 s",
    sign = "connects",
    PATH = process.env.PATH,
  }: { readonly time?: string; readonly sign?: "listens" | "connects"; readonly PATH?: string | undefined } = {},
): Promise<Running> {
  writeFileSync(join(folder, "waiting.ts"), waitingLab(time));
  const child = spawn(command, words, {
    cwd: ROOT,
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, PATH },
  });
  const pid = child.pid ?? assert.fail("nothing was started");
  t.after(() => {
    if (!isGone(pid)) process.kill(-pid, "SIGKILL");
  });
  let stderr = "";
  child.stderr?.on("data", (text) => {
    stderr += text;
  });
  const ended = new Promise<{ status: number | null; stderr: string }>((resolve) =>
    child.once("close", (status) => resolve({ status, stderr })),
  );
  const player = await until("the process that plays", () => numberIn(join(folder, sign)));
  const namespaces = keptNamespacesOf(player);
  assert.ok(namespaces.length > 0, "the player keeps no namespace");
  return { process: child, pid, player, namespaces, runs: join(folder, "out", "waiting"), ended };
}

/** Undefined until it is written. */
const numberIn = (file: string): number | undefined =>
  existsSync(file) ? Number(readFileSync(file, "utf8")) || undefined : undefined;

async function assertStatus({ ended }: Running, expected: number): Promise<void> {
  const { status, stderr } = await ended;
  assert.equal(status, expected, stderr);
}

async function assertNothingStays({ pid, player, namespaces }: Running): Promise<void> {
  await until("the launcher's end", () => isGone(pid));
  await until("the player's end", () => isGone(player));
  await until("the namespaces to be empty", () => processesIn(namespaces).length === 0);
}

/** One whole folder, nothing half-written; its verdict is what the files say, and says that the run was cut short. */
async function assertHonestPart(runs: string): Promise<void> {
  const [only = "", ...more] = readdirSync(runs);
  assert.deepEqual(more, []);
  const folder = join(runs, only);
  assertWhole(folder);
  const verdict = JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8"));
  const of = (id: string) => verdict.claims.find((claim: { id: string }) => claim.id === `waiting.held.${id}`).verdict;
  assert.equal(of("before"), "conforms");
  assert.equal(of("later"), "unwitnessed");
  assert.equal(verdict.exit, 2);
  assert.match(readFileSync(join(folder, "report.md"), "utf8"), /interrupted/);
}

const WAYS = {
  "a launcher and its child": { start: launched, skip },
  "one process, as root": { start: direct, skip: process.getuid?.() === 0 ? skip : "not root" },
} as const;

for (const [way, { start, skip }] of Object.entries(WAYS)) {
  test(`Ctrl-C leaves a whole, honest part of the run and status 2 (${way})`, { skip }, async (t) => {
    using folder = usersFolder();
    const running = await startWaiting(t, folder.path, start(folder.path));
    process.kill(-running.pid, "SIGINT");
    await assertStatus(running, 2);
    await assertHonestPart(running.runs);
    await assertNothingStays(running);
  });

  test(`SIGTERM does the same (${way})`, { skip }, async (t) => {
    using folder = usersFolder();
    const running = await startWaiting(t, folder.path, start(folder.path));
    process.kill(running.pid, "SIGTERM");
    await assertStatus(running, 2);
    await assertHonestPart(running.runs);
    await assertNothingStays(running);
  });

  test(`kill -9 of the process that plays leaves no folder, and the next run no trace (${way})`, {
    skip,
  }, async (t) => {
    using folder = usersFolder();
    const running = await startWaiting(t, folder.path, start(folder.path));
    process.kill(running.player, "SIGKILL");
    const { status, stderr } = await running.ended;
    if (running.player !== running.pid) {
      assert.equal(status, 3);
      assert.match(stderr, /ended by SIGKILL; nothing was written/);
    }
    assert.deepEqual(readdirSync(running.runs), []);
    await assertNothingStays(running);
  });
}

test("kill -9 of the launcher ends its child, which leaves an honest part", { skip }, async (t) => {
  using folder = usersFolder();
  const running = await startWaiting(t, folder.path, launched(folder.path));
  process.kill(running.pid, "SIGKILL");
  await assertNothingStays(running);
  await assertHonestPart(running.runs);
});

test("kill -9 of npm alone lets the run finish, and nothing stays", { skip }, async (t) => {
  using folder = usersFolder();
  const npm = commandOnMachine({}, ["npm", "run", "-s", "lab", "--", ...lab(folder.path)]);
  const running = await startWaiting(t, folder.path, npm, { time: "3 s" });
  process.kill(running.pid, "SIGKILL");
  await assertNothingStays(running);
  const [only = "", ...more] = await until("the run's folder", () =>
    existsSync(running.runs) && readdirSync(running.runs).length > 0 ? readdirSync(running.runs) : undefined,
  );
  assert.deepEqual(more, []);
  const whole = join(running.runs, only);
  assertWhole(whole);
  assert.equal(JSON.parse(readFileSync(join(whole, "verdict.json"), "utf8")).summary.surprises, 0);
});

test("Ctrl-C that arrives twice at once, as through npm, is one wish", { skip }, async (t) => {
  using folder = usersFolder();
  const running = await startWaiting(t, folder.path, launched(folder.path));
  process.kill(-running.pid, "SIGINT");
  process.kill(-running.pid, "SIGINT");
  await assertStatus(running, 2);
  await assertHonestPart(running.runs);
});

test("a second Ctrl-C ends a run that hangs at once: no folder, no witness left behind", { skip }, async (t) => {
  using folder = usersFolder();
  const PATH = `${makePath(folder.path, { ss: "trap '' INT; exec sleep 60" })}:${process.env.PATH}`;
  const running = await startWaiting(t, folder.path, launched(folder.path), { PATH, sign: "listens" });
  await until("a witness that hangs", () => processesIn(running.namespaces).length > 0);
  process.kill(-running.pid, "SIGINT");
  await sleep(1000); // a person who sees that nothing happens
  process.kill(-running.pid, "SIGINT");
  await assertStatus(running, 3);
  assert.deepEqual(readdirSync(running.runs), []);
  await assertNothingStays(running);
});

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import {
  LAUNCHER,
  runCommand,
  runLabProcess,
  runProcess,
  temporaryFolder,
  whyNoNamespace,
} from "../../src/testing/lab-process.ts";
import { isGone } from "../../src/testing/processes.ts";
import { whereIs, whyNoSimulation } from "../../src/testing/simulated-machine.ts";
import { assertWholeTapes } from "../../src/testing/whole-tapes.ts";
import type { JudgedClaim, VerdictDocument } from "../../src/verdict/document-schema.ts";

const SNAPSHOT = fileURLToPath(new URL("../../src/testing/network-snapshot.mjs", import.meta.url));
const reason = (await whyNoNamespace()) ?? false;
const noHost = whyNoSimulation() ?? reason;
const ROWS = Array.from({ length: 30 }, (_, index) => `T${index + 1}`);

/** The root of a network namespace that stands for the host: whatever the lab does to it, it has the power to. */
const asRootOf = (script: string, words: readonly string[]) =>
  runCommand(whereIs("unshare"), ["--user", "--map-root-user", "--net", "--", "sh", "-ec", script, "sh", ...words]);

const snapshot = (file: string) => `"${process.execPath}" "${SNAPSHOT}" > "${file}"`;

/** "- line" for one that is gone, "+ line" for one that came. */
function changedLines(before: string, after: string): readonly string[] {
  const linesOf = (file: string) => readFileSync(file, "utf8").split("\n");
  const [old, lines] = [linesOf(before), linesOf(after)];
  const gone = old.filter((line) => !lines.includes(line));
  const came = lines.filter((line) => !old.includes(line));
  return [...gone.map((line) => `- ${line}`), ...came.map((line) => `+ ${line}`)];
}

const theOnlyRun = (out: string): string => join(out, "timewait", readdirSync(join(out, "timewait"))[0] ?? "");
const timelineOf = (run: string): string => readFileSync(join(run, "timeline.jsonl"), "utf8");

/** Claims that this machine cannot show, or that --quick left out, are as open as they must be. */
function surprises({ claims }: VerdictDocument): readonly string[] {
  return claims
    .filter(({ verdict, expected }) => verdict !== expected && verdict !== "unsupported")
    .filter(({ because }) => !because.every((why) => why.startsWith("Left out by --quick")))
    .map(({ id, verdict, because }) => `${id}: ${verdict}: ${because.join("; ")}`);
}

async function assertJudgedAlike(folder: string, status: number): Promise<void> {
  const judged = await runProcess(["judge", folder]);
  assert.equal(judged.status, status, judged.stdout);
  assert.doesNotMatch(judged.stdout, /^✘/m);
}

test("a whole minute: T1 to T30 without a surprise, and the host's sysctls and sockets as they were", {
  skip: noHost,
}, async () => {
  using out = temporaryFolder();
  const [before, after] = [join(out.path, "before"), join(out.path, "after")];
  const script = `${snapshot(before)}; "$@" && status=0 || status=$?; ${snapshot(after)}; exit $status`;
  const lab = [process.execPath, LAUNCHER, "timewait", "--json", "--out", out.path];
  const { status, stdout, stderr } = await asRootOf(script, lab);
  const verdict = JSON.parse(stdout) as VerdictDocument;
  assert.deepEqual(surprises(verdict), []);
  assert.deepEqual(
    ROWS.filter((row) => !verdict.claims.some(({ ref }) => ref === row)),
    [],
  );
  assert.equal(status, verdict.summary.unsupported === 0 ? 0 : 2, stderr);
  assert.ok(readFileSync(before, "utf8").includes("tcp_fin_timeout: "), "there is something to compare");
  assert.deepEqual(changedLines(before, after), []);
  await assertJudgedAlike(theOnlyRun(out.path), status);
  assertWholeTapes(timelineOf(theOnlyRun(out.path)));
});

test("the comparison of sysctls notices one that was changed", { skip: noHost }, async () => {
  using out = temporaryFolder();
  const [before, after] = [join(out.path, "before"), join(out.path, "after")];
  const script = `${snapshot(before)}; echo 7 > /proc/sys/net/ipv4/tcp_fin_timeout; ${snapshot(after)}`;
  assert.equal((await asRootOf(script, [])).status, 0);
  const [gone, ...came] = changedLines(before, after);
  assert.match(gone ?? "nothing", /^- \/proc\/sys\/net\/ipv4\/tcp_fin_timeout: \d+$/);
  assert.deepEqual(came, ["+ /proc/sys/net/ipv4/tcp_fin_timeout: 7"]);
});

test("the comparison of sockets notices one that is gone", { skip: noHost }, async () => {
  using out = temporaryFolder();
  const [before, after, ready] = [join(out.path, "before"), join(out.path, "after"), join(out.path, "ready")];
  const program = `require("net").createServer().listen(4242, () => require("fs").writeFileSync("${ready}", ""))`;
  const listener = `"${process.execPath}" -e '${program}' & until test -e "${ready}"; do sleep 0.1; done`;
  const script = `${listener}; ${snapshot(before)}; kill $!; wait $! || true; ${snapshot(after)}`;
  const { status, stderr } = await asRootOf(script, []);
  assert.equal(status, 0, stderr);
  const [gone, ...more] = changedLines(before, after);
  assert.match(gone ?? "nothing", /^- .*:1092 .* 0A /);
  assert.deepEqual(more, []);
});

test("everything but the minute over IPv6, without a surprise", { skip: reason }, async () => {
  using out = temporaryFolder();
  const { status, verdict } = await runLabProcess("timewait", out.path, ["--ipv6", "--quick"]);
  assert.deepEqual(surprises(verdict), []);
  assert.equal(status, 2);
  const quick = verdict.claims.filter(({ because }) => because.some((why) => why.startsWith("Left out by --quick")));
  assert.deepEqual([...new Set(quick.map(({ ref }) => ref))].sort(), ["T1", "T2", "T3", "T4", "T5", "T8"]);
  assert.ok(quick.every(({ verdict: of }) => of === "unwitnessed"));
  assertWholeTapes(timelineOf(theOnlyRun(out.path)));
});

/** Resolves when it has said so on standard error. */
const says = (child: ChildProcess, words: string) =>
  new Promise<void>((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (text) => {
      said += text;
      if (said.includes(words)) resolve();
    });
    child.once("close", () => reject(new Error(`it never said "${words}": ${said}`)));
  });

test("Ctrl-C in the minute leaves an honest part with its picture, and status 2", { skip: reason }, async (t) => {
  using out = temporaryFolder();
  const child = spawn(process.execPath, [LAUNCHER, "timewait", "--out", out.path], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    // Nothing has been compiled yet, as on a new machine.
    env: { ...process.env, TMPDIR: out.path },
  });
  const pid = child.pid ?? assert.fail("nothing was started");
  t.after(() => {
    if (!isGone(pid)) process.kill(-pid, "SIGKILL");
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await says(child, "✔ cost");
  process.kill(-pid, "SIGINT");
  assert.equal(await ended, 2);
  const folder = theOnlyRun(out.path);
  assert.ok(existsSync(join(folder, "cost-of-looks.svg")));
  const { claims } = JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8")) as VerdictDocument;
  const of = (scene: string): readonly JudgedClaim[] =>
    claims.filter((claim) => claim.id.startsWith(`timewait.${scene}.`));
  assert.ok(of("cost").every(({ verdict }) => verdict === "conforms"));
  assert.ok(of("population").every(({ verdict }) => verdict === "unwitnessed"));
  assert.ok(of("population").every(({ because }) => because.join().includes("broken off")));
  await assertJudgedAlike(folder, 2);
});

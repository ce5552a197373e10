import assert from "node:assert/strict";
import { test } from "node:test";
import { type Ended, runProcess } from "../../testing/lab-process.ts";
import {
  runOnMachine,
  runTracedWithoutNamespace,
  usersFolder,
  whereIs,
  whyNoSimulation,
  whyNoTracefs,
} from "../../testing/simulated-machine.ts";
import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { isSurprise } from "../../verdict/summary.ts";

const skip = whyNoSimulation() ?? false;
const NO_NAMESPACES = "echo 0 > /proc/sys/user/max_user_namespaces";

/** What lab:states shows without any privilege; the third claim is on segments. */
const SEEN_PLAIN = ["states.self-connect.established-with-itself", "states.self-connect.time-wait-with-itself"];
const SEEN_ON_THE_WIRE = ["states.self-connect.syn-crosses-itself"];
const TRACED = ["states.tracepoint.no-event-for-a-request", "states.tracepoint.time-wait-looks-like-closed"];

async function statesOn(run: (words: readonly string[]) => Promise<Ended>, ...more: readonly string[]) {
  using folder = usersFolder();
  const { status, stdout, stderr } = await run(["states", "--quick", "--json", "--out", folder.path, ...more]);
  const verdict: VerdictDocument = JSON.parse(stdout || assert.fail(stderr));
  assert.deepEqual(verdict.claims.filter(isSurprise), []);
  assert.equal(status, 2, stderr); // --quick leaves TIME_WAIT's minute out
  return verdict;
}

const idsOf = (claims: readonly JudgedClaim[]): readonly string[] => claims.map(({ id }) => id).sort();
const withVerdict = ({ claims }: VerdictDocument, ...verdicts: readonly JudgedClaim["verdict"][]) =>
  claims.filter(({ verdict }) => verdicts.includes(verdict));

/** These conform, every other claim is unsupported, and each says what it needs. */
function assertOnly(verdict: VerdictDocument, seen: readonly string[]): void {
  assert.deepEqual(idsOf(withVerdict(verdict, "conforms")), [...seen].sort());
  const unsupported = withVerdict(verdict, "unsupported");
  assert.equal(unsupported.length + seen.length, verdict.claims.length);
  assert.ok(unsupported.every(({ because }) => because.length > 0 && because.every((why) => why.startsWith("needs "))));
}

test("level 1, root: everything is shown, the kernel's own trace of transitions included", {
  skip: process.getuid?.() === 0 ? false : "not root",
}, async (t) => {
  const verdict = await statesOn(runProcess);
  if (!verdict.capabilities.includes("tracepoint")) return t.skip("tracefs is not this root's to use");
  assert.deepEqual(withVerdict(verdict, "unsupported"), []);
  assert.ok(TRACED.every((id) => idsOf(withVerdict(verdict, "conforms")).includes(id)));
});

test("level 2, namespaces: everything but what root's tracepoint says", { skip }, async () => {
  const verdict = await statesOn((words) => runOnMachine({}, words));
  assert.deepEqual(idsOf(withVerdict(verdict, "unsupported")), TRACED);
  const single = verdict.claims.filter(
    ({ ref, sources, verdict: one }) => ref !== undefined && one !== "unwitnessed" && sources.length < 2,
  );
  assert.deepEqual(single, []);
});

test("level 3, CAP_NET_RAW alone: free scenes, states and segments", {
  skip: skip || (whereIs("ip") === "" ? "ip is not installed (Debian package iproute2)" : false),
}, async () => {
  const verdict = await statesOn((words) => runOnMachine({ asUser: NO_NAMESPACES, raw: true }, words));
  assert.deepEqual(verdict.capabilities.includes("wire"), true);
  assertOnly(verdict, [...SEEN_PLAIN, ...SEEN_ON_THE_WIRE]);
});

test("level 4, nothing: free scenes, states alone", { skip }, async () => {
  const verdict = await statesOn((words) => runOnMachine({ asUser: NO_NAMESPACES }, words));
  assert.equal(verdict.capabilities.includes("wire"), false);
  assertOnly(verdict, SEEN_PLAIN);
});

test("level 4 by choice: --host shows the same", { skip }, async () => {
  const verdict = await statesOn((words) => runOnMachine({}, words), "--host");
  assertOnly(verdict, SEEN_PLAIN);
});

test("root that may trace and may make no namespace: the host's own connections are not listened to", {
  skip: whyNoTracefs() ?? false,
}, async () => {
  const verdict = await statesOn(runTracedWithoutNamespace);
  assert.deepEqual(withVerdict(verdict, "disagree"), []);
  assertOnly(verdict, [...SEEN_PLAIN, ...SEEN_ON_THE_WIRE]);
});

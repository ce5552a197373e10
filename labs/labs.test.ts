import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { labNames } from "../src/cli/find-lab.ts";
import { judgeFolder } from "../src/cli/judge/run.ts";
import type { SegmentLine } from "../src/evidence/timeline.ts";
import { readTimeline } from "../src/evidence/timeline-file.ts";
import { FLAG_BITS } from "../src/tcp/flags.ts";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../src/testing/lab-process.ts";
import { quickWords } from "../src/testing/quick-words.ts";
import { assertWholeTapes } from "../src/testing/whole-tapes.ts";
import { type VerdictDocument, verdictDocument } from "../src/verdict/document-schema.ts";

/** Labs that are not tried here but in a test of their own: below this folder. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  // Each of its scenes has a family of its own. Its control labs are played there.
  matrix: "control/matrix.test.ts",
  timewait: "timewait/timewait.test.ts",
};
const reason = await whyNoNamespace();

test("what is tried elsewhere is a lab, and has a test there", () => {
  for (const [lab, path] of Object.entries(ELSEWHERE)) {
    assert.ok(labNames().includes(lab), lab);
    assert.match(readFileSync(new URL(path, import.meta.url), "utf8"), /runLabProcess\(/, path);
  }
});

test("the labs that wait a minute, and no others, are shortened here", async () => {
  const words = await Promise.all(labNames().map(async (name) => [name, ...(await quickWords(name))]));
  assert.deepEqual(
    words.filter(([, quick]) => quick === "--quick").map(([name]) => name),
    ["states", "timewait"],
  );
});

for (const lab of labNames().filter((name) => ELSEWHERE[name] === undefined)) {
  for (const family of ["ipv4", "ipv6"] as const) {
    test(`lab:${lab} over ${family} shows every claim without a surprise`, { skip: reason ?? false }, async (t) => {
      using out = temporaryFolder();
      const options = [...(await quickWords(lab)), ...(family === "ipv6" ? ["--ipv6"] : [])];
      const { status, verdict } = await runLabProcess(lab, out.path, options);
      assertNoSurprise(verdict);
      assert.equal(status, verdict.claims.some(isOpen) ? 2 : 0);
      assert.ok(verdict.scenes.every((scene) => scene.family === family));
      const folder = theOnlyRun(join(out.path, lab));
      await t.test("verdict.json keeps to its schema, and is what was printed", () => {
        const written = verdictDocument.parse(JSON.parse(readFileSync(join(folder, "verdict.json"), "utf8")));
        assert.deepEqual(written, verdict);
      });
      await t.test("judging the files alone gives the same verdict.json, and every part fits the others", async () => {
        const { verdict: again, complaints } = await judgeFolder(folder);
        assert.deepEqual(complaints, []);
        assert.deepEqual(again, verdict);
      });
      await t.test("every scene's tape holds all that the kernel sent", () =>
        assertWholeTapes(readFileSync(join(folder, "timeline.jsonl"), "utf8")),
      );
      await t.test("each state claim is seen by at least two sources", { skip: fewSources(verdict) }, () => {
        const single = verdict.claims.filter(
          (claim) => claim.documented.kind === "state" && claim.sources.length < 2 && !isOpen(claim),
        );
        assert.deepEqual(
          single.map(({ id, witnesses }) => `${id}: ${witnesses}`),
          [],
        );
      });
      await t.test("tshark reads the same flags, numbers and comments", { skip: whyNoTshark() }, () =>
        assertTsharkAgrees(folder),
      );
    });
  }
}

/** What only root can show, and what --quick left out. */
const isOpen = ({ verdict, because }: VerdictDocument["claims"][number]): boolean =>
  (verdict === "unsupported" && because.every((why) => why.startsWith("needs tracepoint"))) ||
  (verdict === "unwitnessed" && because.every((why) => why.startsWith("Left out by --quick")));

function assertNoSurprise(verdict: VerdictDocument): void {
  const astray = verdict.claims.filter((claim) => claim.verdict !== claim.expected && !isOpen(claim));
  assert.deepEqual(
    astray.map(({ id, verdict: one, because }) => `${id}: ${one}: ${because.join("; ")}`),
    [],
  );
}

const theOnlyRun = (folder: string): string => join(folder, readdirSync(folder)[0] ?? "");

/** inet_diag speaks through ss, proc through procfs; without ss fewer states have a second source. */
const fewSources = ({ claims }: VerdictDocument): string | false => {
  const states = claims.filter(({ documented }) => documented.kind === "state");
  if (states.length === 0) return "this lab claims no state";
  return states.some(({ sources }) => sources.includes("inet_diag"))
    ? false
    : "no witness of inet_diag on this machine";
};

const whyNoTshark = (): string | false =>
  spawnSync("tshark", ["-v"]).status === 0 ? false : "tshark is not installed (Debian package tshark)";

const FIELDS = ["frame.number", "tcp.flags", "tcp.seq_raw", "tcp.ack_raw", "tcp.len", "_ws.malformed"] as const;

function assertTsharkAgrees(folder: string): void {
  const lines = readTimeline(readFileSync(join(folder, "timeline.jsonl"), "utf8"));
  const segments = lines.filter((line): line is SegmentLine => line.type === "segment");
  const read = execFileSync(
    "tshark",
    ["-r", join(folder, "capture.pcapng"), "-T", "fields", ...FIELDS.flatMap((field) => ["-e", field])],
    { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 1 << 26 },
  );
  const theirs = read.replace(/\n$/, "").split("\n");
  const ours = segments.map(({ frame, flags, seq, ack, length }) => {
    const bits = flags.reduce((sum, flag) => sum | FLAG_BITS[flag], 0);
    return [frame, `0x${bits.toString(16).padStart(4, "0")}`, seq, ack, length, ""].join("\t");
  });
  assert.ok(ours.length > 0);
  assert.deepEqual(theirs, ours);
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { comparedExample } from "../testing/compared-example.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";
import { foldClaims } from "./claim-fold.ts";
import { type ComparedRun, comparedRun } from "./compared-run.ts";
import { differenceDocument } from "./difference-document.ts";
import { formatDifference } from "./difference-text.ts";
import { compareRuns } from "./run-difference.ts";

const STYLE = { columns: 100, colour: false };
const RMEM = "net.ipv4.tcp_rmem";

const textOf = (a: ComparedRun, b: ComparedRun) => formatDifference(a, b, compareRuns(a, b), STYLE);

/** As a kernel with larger buffers would have sent it. */
const withScale = (line: TimelineLine): TimelineLine =>
  line.type === "segment"
    ? { ...line, options: line.options.map((option) => option.replace(/^window-scale .*/, "window-scale 3")) }
    : line;

const withClaims = (run: ComparedRun, change: (claim: JudgedClaim) => JudgedClaim): ComparedRun => ({
  ...run,
  verdict: { ...run.verdict, claims: run.verdict.claims.map(change) },
});

test("a window scale is told once, with the sysctl that decides it, in however many segments it differs", async () => {
  const a = await comparedExample("handshake");
  const other = comparedRun({ ...a, lines: a.lines.map(withScale) });
  const b = { ...other, sysctls: { ...a.sysctls, [RMEM]: "4096 131072 99999999" } };
  const syns = a.lines.filter(
    (line) => line.type === "segment" && line.options.some((one) => /^window-scale/.test(one)),
  );
  assert.ok(syns.length > 100);
  const lines = textOf(a, b).split("\n");
  assert.ok(lines.length < 20, lines.join("\n"));
  const cause = lines.findIndex((line) => line.startsWith(`  ${RMEM}: `));
  assert.match(lines[cause + 1] ?? "", /^ {4}hence option window-scale: \d+ in a, 3 in b: \d+ segments \(client SYN, /);
  const { folded, segments } = differenceDocument(a, b, compareRuns(a, b));
  assert.equal(folded.segments.length, 1);
  assert.deepEqual(
    folded.segments[0]?.because.map(({ name }) => name),
    [RMEM],
  );
  const firsts = syns.filter(
    (line) => line.type === "segment" && line.origin === "kernel" && line.repeats === undefined,
  );
  assert.equal(segments.length, 2 * firsts.length, "each by itself, as it is in either run");
});

test("what a setting of several scenes decides is told once for all of them", async () => {
  const a = await comparedExample("handshake");
  const withSack = (line: TimelineLine): TimelineLine => {
    if (line.type === "segment") return { ...line, options: line.options.filter((one) => one !== "sack-permitted") };
    if (line.type !== "note" || line.topic !== "scene") return line;
    return { ...line, data: { ...line.data, sysctls: { "net.ipv4.tcp_sack": "0" } } };
  };
  const lines = textOf(a, comparedRun({ ...a, lines: a.lines.map(withSack) })).split("\n");
  assert.equal(lines.filter((line) => /hence option sack-permitted: there in a, none in b: /.test(line)).length, 1);
  assert.equal(lines.filter((line) => /^ {2}net\.ipv4\.tcp_sack: /.test(line)).length, 1);
});

test("a window scale that no setting explains is told among the segments", async () => {
  const a = await comparedExample("close");
  const b = comparedRun({ ...a, lines: a.lines.map(withScale) });
  assert.match(textOf(a, b), /Settings: no difference\.\n\nSegments that differ: \d+\n {2}option window-scale: /);
});

test("what no run can be told from is told in a few lines", async () => {
  const a = await comparedExample("close");
  assert.match(
    textOf(a, a),
    /^a: .*\nb: .*\n\nClaims: no difference\.\n\nSettings: no difference\.\n\nSegments: no difference\.\n$/,
  );
});

/** What an older kernel does with an acknowledgement of what was never sent, in the matrix's words. */
const silent = (claim: JudgedClaim): JudgedClaim =>
  /-ack-beyond$/.test(claim.id) && String(claim.seen?.value).startsWith("ACK seq=SND.NXT")
    ? {
        ...claim,
        seen: { kind: "text", value: String(claim.seen?.value).replace(/^.*;/, "nothing;") },
        verdict: "contradicts",
      }
    : claim;

test("hundreds of cells that differ in the same way are a page, and none of them is missing from it", async () => {
  const a = await comparedExample("matrix");
  const b = withClaims(a, silent);
  const found = compareRuns(a, b);
  assert.ok(found.claims.length > 100, `${found.claims.length}`);
  const lines = textOf(a, b).split("\n");
  assert.ok(lines.length < 60, lines.join("\n"));
  assert.ok(lines.some((line) => line === "    b contradicts: nothing; the same state"));
  const ids = foldClaims(found.claims).flatMap(({ claims }) => claims.map(({ claim }) => claim.id));
  assert.deepEqual(ids.toSorted(), found.claims.map(({ claim }) => claim.id).toSorted());
});

/** As kernels before 42726ec644cb are judged. */
const former = (claim: JudgedClaim): JudgedClaim => {
  const { verdict, seen } = silent(claim);
  if (seen?.value === claim.seen?.value || claim.form?.id !== "since-ack-of-unsent-data") return claim;
  return { ...claim, verdict, ...(seen && { seen }), form: { id: "before-ack-of-unsent-data", told: "Linux before." } };
};

test("a change of Linux is told as the cause of all that it decides, in the words of the kernels without it", async () => {
  const a = await comparedExample("matrix");
  const b = withClaims(a, former);
  for (const [own, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const found = compareRuns(own, other);
    const folds = foldClaims(found.claims);
    assert.ok(found.claims.length >= 20);
    assert.deepEqual(new Set(folds.flatMap(({ causes }) => causes)), new Set(["Linux before."]));
    const lines = textOf(own, other).split("\n");
    assert.equal(lines.filter((line) => line === "  Linux before.").length, 1);
  }
});

test("what Linux does instead is told with the claim that it refines", async () => {
  const a = await comparedExample("matrix");
  const refined = a.verdict.claims.find(({ id }) => id === "matrix.listen-ipv4.syn-fin-on-linux");
  const b = withClaims(a, (claim) =>
    claim.id === refined?.id || claim.id === refined?.refines
      ? {
          ...claim,
          seen: { kind: "text", value: "RST ACK seq=0 ack=SEG.SEQ+2; LISTEN" },
          verdict: "contradicts",
        }
      : claim,
  );
  const found = compareRuns(a, b);
  assert.equal(found.claims.length, 2);
  const [fold, ...others] = foldClaims(found.claims);
  assert.deepEqual(others, []);
  assert.deepEqual(
    fold?.claims.map(({ claim }) => claim.id),
    [refined?.refines],
  );
  assert.equal(fold?.causes[0], refined?.cite);
  assert.equal(fold?.a.answer, "nothing; the same state");
});

test("claims that one run left open for one reason are told together, with the reason", async () => {
  const a = await comparedExample("timewait");
  const open = ["the listing", "was broken off"].join(" ");
  const b = withClaims(a, ({ seen, ...claim }) =>
    claim.scene === "population"
      ? { ...claim, verdict: "unwitnessed", because: [open] }
      : { ...claim, ...(seen && { seen }) },
  );
  const found = compareRuns(a, b);
  const folds = foldClaims(found.claims);
  assert.ok(found.claims.length > 2);
  assert.equal(folds.length, 1);
  assert.deepEqual([folds[0]?.b.answer, folds[0]?.a.answer, folds[0]?.causes], [open, "", []]);
});

test("an option of an answer that no claim is about is told with the change of Linux that decides it, if one is known", async () => {
  const a = await comparedExample("matrix");
  const withBlock = (step: string): ComparedRun => {
    const met = a.lines.find(
      (line) => line.type === "action" && line.step === step && line.scene === "established-ipv4-timestamps",
    );
    const [forged] = met?.type === "action" ? (met.segments ?? []) : [];
    const sent = a.lines.find(({ id }) => id === forged);
    assert.ok(sent?.type === "segment", step);
    const isAnswer = (line: TimelineLine) =>
      line.type === "segment" && line.frame > sent.frame && line.from.port === sent.to.port;
    const answer = a.lines.find(isAnswer);
    const lines = a.lines.map((line) =>
      line === answer && line.type === "segment" ? { ...line, options: [...line.options, "sack 1-2"] } : line,
    );
    return comparedRun({ ...a, lines });
  };
  const foldOf = (b: ComparedRun) => differenceDocument(a, b, compareRuns(a, b)).folded.segments;
  const [known] = foldOf(withBlock("meet syn-before-old"));
  assert.match(known?.change ?? "", /^Linux before ee05d90d0ac7 /);
  assert.match(
    textOf(a, withBlock("meet syn-before-old")),
    /\n {2}option sack: none in a,[\s\S]*\n {4}Linux before ee05d90d0ac7 /,
  );
  const [unknown] = foldOf(withBlock("meet syn-before-valid"));
  assert.deepEqual([unknown?.what, unknown?.change], ["option sack", ""]);
});

test("a segment that a claim that differs speaks of is not told a second time, but its option is", async () => {
  const a = await comparedExample("flags");
  const line = a.lines.find(
    (one) => one.type === "segment" && one.scene === "rst-for-a-syn" && one.flags.includes("RST"),
  );
  assert.ok(line?.type === "segment");
  const claimed = a.verdict.claims.find(({ evidence }) => evidence.includes(line.id));
  assert.ok(claimed);
  const lines = a.lines.map((one) => (one === line ? { ...line, length: 9, options: ["mss 1"] } : one));
  const changed = comparedRun({ ...a, lines });
  const b = withClaims(changed, (claim) => (claim.id === claimed.id ? { ...claim, verdict: "contradicts" } : claim));
  const text = textOf(a, b);
  assert.match(text, /Segments that differ: 1\n {2}option mss: none in a, there in b: 1 segment \(/);
  assert.doesNotMatch(text, /length=9/);
  assert.match(textOf(a, changed), /\n {2}length: .* length=0 in a, .* length=9 in b/);
});

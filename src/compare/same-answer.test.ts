import assert from "node:assert/strict";
import { test } from "node:test";
import type { Value } from "../claims/claim.ts";
import type { Question } from "../claims/question.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import { note, segment } from "../testing/scene-of-lines.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";
import { comparedRun } from "./compared-run.ts";
import { type Seen, sameAnswer } from "./same-answer.ts";

const EMPTY = {
  schemaVersion: 1,
  run: { id: "", lab: "", startedAt: "", tool: "", kernel: "", evidence: { timeline: "", capture: "" } },
  capabilities: [],
  scenes: [],
  claims: [],
  summary: { conforms: 0, contradicts: 0, disagree: 0, unwitnessed: 0, unsupported: 0, surprises: 0 },
  exit: 0,
} as const;

type Told = Partial<Pick<JudgedClaim, "verdict" | "evidence">> & {
  readonly value?: Value;
  readonly lines?: readonly TimelineLine[];
};

const seen = ({ value, lines = [], verdict = "contradicts", evidence = [] }: Told): Seen => ({
  judged: {
    id: "lab.one.claim",
    claim: "words",
    scene: "one",
    source: "linux",
    cite: "here",
    documented: { kind: "number", value: 0 },
    ...(value !== undefined && { seen: value }),
    verdict,
    expected: "conforms",
    witnesses: [],
    sources: [],
    because: [],
    evidence,
  },
  run: comparedRun({ claims: [], verdict: { ...EMPTY, scenes: [], claims: [], capabilities: [] }, lines, sysctls: {} }),
});

const same = (ask: Question, a: Told, b: Told) => sameAnswer({ ask }, seen(a), seen(b));

const TIMER = { what: "timer", end: "client", after: "step", kind: "time-wait", within: 1000 } as const;
const ms = (value: number): Told => ({ value: { kind: "duration-ms", value } });
const text = (value: string): Told => ({ value: { kind: "text", value } });
const number = (value: number): Told => ({ value: { kind: "number", value } });

test("what is measured may be off by the claim's own tolerance in either run", () => {
  assert.ok(same(TIMER, ms(60_004), ms(60_003.2)));
  assert.ok(same(TIMER, ms(59_000), ms(61_000)));
  assert.ok(!same(TIMER, ms(58_999), ms(61_000)));
  assert.ok(!same({ ...TIMER, within: 0 }, ms(0), ms(40)));
  const growth = { what: "growth", figure: "exponent", within: 0.5 } as const;
  assert.ok(same(growth, number(0.93), number(1.28)));
  assert.ok(same(growth, number(0.7), number(1.3)));
  assert.ok(!same(growth, number(0.93), number(2)));
});

test("the length of a population's entries is known as far as the interval in which they can end", () => {
  const lines = [note({ id: "e1", topic: "population", scene: "one", data: { granularity: 2048 } })];
  const longest = { what: "population", figure: "longest" } as const;
  assert.ok(same(longest, { ...ms(60_002), lines }, { ...ms(62_048), lines }));
  assert.ok(!same(longest, { ...ms(60_002), lines }, { ...ms(62_100), lines }));
});

test("a verdict that differs is a difference, however near the values", () => {
  assert.ok(!same(TIMER, { ...ms(60_000), verdict: "conforms" }, ms(60_000)));
  assert.ok(!same(TIMER, { verdict: "unwitnessed" }, ms(60_000)));
  assert.ok(same(TIMER, { verdict: "unwitnessed" }, { verdict: "unwitnessed" }));
});

test("a state, an outcome, a count and what came of an encounter are the same when they are equal", () => {
  const state = { what: "state", end: "client", after: "step" } as const;
  const stateSeen = (value: "CLOSED" | "TIME_WAIT"): Told => ({ value: { kind: "state", value } });
  assert.ok(!same(state, stateSeen("CLOSED"), stateSeen("TIME_WAIT")));
  assert.ok(!same({ what: "outcome", of: "client send" }, text("EPIPE"), text("ECONNRESET")));
  assert.ok(!same({ what: "count", pick: {} }, number(3), number(4)));
  const encounter = { what: "encounter", end: "client", of: "meet x", from: "LISTEN", permits: [] } as const;
  assert.ok(!same(encounter, text("nothing; LISTEN"), text("nothing; CLOSED")));
});

const numbered = (seq: number, ack: number): Told => ({
  value: { kind: "number", value: ack },
  evidence: ["e2"],
  lines: [
    segment({ id: "e1", frame: 1, flags: ["SYN"], seq }),
    segment({ id: "e2", frame: 2, flags: ["SYN", "ACK"], end: "server", seq: 5, ack }),
  ],
});

test("a number as it stood on the wire is held against its stream's", () => {
  const ask = { what: "number", of: { pick: {}, field: "ack" } } as const;
  assert.ok(same(ask, numbered(1000, 1001), numbered(2000, 2001)));
  assert.ok(!same(ask, numbered(1000, 1001), numbered(2000, 2002)));
  const segmentAsk = { what: "segment", pick: {}, fields: ["ack"], numbers: "raw" } as const;
  const formatted = (seq: number, ack: number): Told => ({
    ...numbered(seq, ack),
    value: { kind: "segment", value: `server SYN ACK ack=${ack}` },
  });
  assert.ok(same(segmentAsk, formatted(1000, 1001), formatted(2000, 2001)));
  assert.ok(!same(segmentAsk, formatted(1000, 1001), formatted(2000, 2002)));
});

test("an initial number of the kernel's choice is as far from another as chance has it", () => {
  const ask = { what: "number", of: { pick: {}, field: "seq" }, minus: { pick: {}, field: "ack" } } as const;
  const apart = (seq: number): Told => ({
    ...number(seq - 7),
    evidence: ["e2", "e1"],
    lines: [
      segment({ id: "e1", frame: 1, flags: ["ACK"], seq: 3, ack: 7 }),
      segment({ id: "e2", frame: 2, flags: ["SYN"], end: "server", seq }),
    ],
  });
  assert.ok(same(ask, apart(4711), apart(1_000_000)));
});

test("frames, figures of chance and a listing's clocks are no difference in a text; its words are", () => {
  const every = (rule: "initial-numbers-uniform" | "closes-in-three-or-four") => ({ what: "every", rule }) as const;
  assert.ok(
    same(
      every("initial-numbers-uniform"),
      text("D = 0.1234 is too far from uniform"),
      text("D = 0.2 is too far from uniform"),
    ),
  );
  const closing = every("closes-in-three-or-four");
  assert.ok(
    same(closing, text("the client's FIN ACK (frame 3) was not"), text("the client's FIN ACK (frame 9) was not")),
  );
  assert.ok(!same(closing, text("2 FIN in 5 segments"), text("2 FIN in 6 segments")));
  assert.ok(same({ what: "left-over" }, text("the server's RST (frame 9)"), text("the server's RST (frame 12)")));
  assert.ok(!same({ what: "left-over" }, text("the server's RST (frame 9)"), text("the client's RST (frame 9)")));
  const said = (by: string) => ({ what: "said", by, end: "client", after: "step" }) as const;
  assert.ok(same(said("ss"), text("ESTAB ino:12"), text("ESTAB ino:17")));
  assert.ok(!same(said("ss"), text("ESTAB ino:12"), text("CLOSE-WAIT ino:12")));
  assert.ok(!same(said("tcp-info"), text("tcpi_state=7"), text("tcpi_state=6")));
  const inode = { what: "inode", end: "client", after: "step" } as const;
  assert.ok(same(inode, number(5), number(9)));
  assert.ok(!same(inode, number(0), number(9)));
});

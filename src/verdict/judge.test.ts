import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim, Value } from "../claims/claim.ts";
import type { Question } from "../claims/question.ts";
import type { SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { WITNESSES, type WitnessName } from "../evidence/witnesses.ts";
import type { TcpState } from "../tcp/state.ts";
import { judge } from "./judge.ts";

const AT = "1700000000.000000000";
const ALL = { have: new Set(["namespace", "wire", "hold"] as const), missing: {} };

function claim(documented: Value, ask: Question, more: Partial<Claim> = {}): Claim {
  return {
    id: "lab.scene.words",
    claim: "words",
    scene: "scene",
    source: "document",
    cite: "here",
    documented,
    ask,
    expected: "conforms",
    needs: [],
    ...more,
  };
}

const state = (value: TcpState): Value => ({ kind: "state", value });
const stateClaim = (value: TcpState) => claim(state(value), { what: "state", end: "client", after: "client connect" });

let next = 0;
const id = () => `e${++next}`;

const action = (step: string): TimelineLine & { type: "action" } => ({
  type: "action",
  id: id(),
  at: AT,
  scene: "scene",
  step,
  actor: "client",
  sentence: step,
  outcome: { ok: true },
});

const sighting = (after: string, witness: WitnessName, states: readonly TcpState[]): Sighting => ({
  type: "sighting",
  id: id(),
  at: AT,
  scene: "scene",
  after,
  witness,
  source: WITNESSES[witness].source,
  end: "client",
  states,
  raw: "",
});

const note = (topic: string, data: Readonly<Record<string, string | boolean | readonly string[]>>): TimelineLine => ({
  type: "note",
  id: id(),
  at: AT,
  scene: "scene",
  topic,
  text: topic,
  data,
});

function segment(flags: SegmentLine["flags"], numbers: Partial<SegmentLine> = {}): SegmentLine {
  const [from, to] = [
    { address: "127.0.0.1", port: 20000 },
    { address: "127.0.0.1", port: 8000 },
  ];
  const server = numbers.end === "server";
  return {
    type: "segment",
    id: id(),
    at: AT,
    scene: "scene",
    frame: 1,
    origin: "kernel",
    end: "client",
    from: server ? to : from,
    to: server ? from : to,
    flags,
    seq: 100,
    ack: 0,
    length: 0,
    window: 1000,
    urgentPointer: 0,
    options: [],
    header: "",
    ...numbers,
  };
}

function verdictOnState(documented: TcpState, saw: readonly (readonly [WitnessName, readonly TcpState[]])[]) {
  const connect = action("client connect");
  const sightings = saw.map(([witness, states]) => sighting(connect.id, witness, states));
  const [judged] = judge([stateClaim(documented)], [connect, ...sightings], ALL);
  assert.ok(judged);
  return judged;
}

test("a state that witnesses of two sources agree on conforms, and both are named", () => {
  const judged = verdictOnState("SYN_SENT", [
    ["procfs", ["SYN_SENT"]],
    ["ss", ["SYN_SENT"]],
  ]);
  assert.equal(judged.verdict, "conforms");
  assert.deepEqual(judged.witnesses, ["ss", "procfs"]);
  assert.deepEqual(judged.sources, ["inet_diag", "proc"]);
});

test("a witness that cannot tell CLOSED from TIME_WAIT confirms neither alone", () => {
  assert.equal(verdictOnState("TIME_WAIT", [["tcp-info", ["CLOSED", "TIME_WAIT"]]]).verdict, "unwitnessed");
});

test("two witnesses who each leave two states confirm the one they have in common", () => {
  const judged = verdictOnState("TIME_WAIT", [
    ["tcp-info", ["CLOSED", "TIME_WAIT"]],
    ["tracepoint", ["TIME_WAIT", "FIN_WAIT_2"]],
  ]);
  assert.equal(judged.verdict, "conforms");
  assert.deepEqual(judged.witnesses, ["tcp-info", "tracepoint"]);
});

test("a state outside of all that was seen contradicts, even when the witnesses leave two", () => {
  const judged = verdictOnState("ESTABLISHED", [["tcp-info", ["CLOSED", "TIME_WAIT"]]]);
  assert.equal(judged.verdict, "contradicts");
  assert.deepEqual(judged.seen, { kind: "text", value: "CLOSED or TIME_WAIT" });
});

/** A witness that leaves two states open is heard after a step alone: what is asked is the move there, or what came of an encounter. */
const LEFT_OPEN = ["CLOSED", "TIME_WAIT"] as const;

for (const [documented, verdict, seen] of [
  ["ESTABLISHED to CLOSED", "unwitnessed", undefined],
  ["ESTABLISHED to TIME_WAIT", "unwitnessed", undefined],
  ["ESTABLISHED to CLOSE_WAIT", "contradicts", "ESTABLISHED to CLOSED or ESTABLISHED to TIME_WAIT"],
] as const)
  test(`where the witnesses leave two states, the move ${documented} is ${verdict}`, () => {
    const [bind, connect] = [action("client bind"), action("client connect")];
    const ask = { what: "transition", end: "client", of: "client connect" } as const;
    const lines = [
      bind,
      sighting(bind.id, "tcp-info", ["ESTABLISHED"]),
      connect,
      sighting(connect.id, "tcp-info", LEFT_OPEN),
    ];
    const [judged] = judge([claim({ kind: "text", value: documented }, ask)], lines, ALL);
    assert.deepEqual([judged?.verdict, judged?.seen?.value], [verdict, seen]);
  });

for (const [documented, verdict, seen] of [
  ["nothing; CLOSED", "unwitnessed", undefined],
  ["nothing; ESTABLISHED", "contradicts", "nothing; CLOSED or nothing; TIME_WAIT"],
] as const)
  test(`where the witnesses leave two states, the encounter that should end in "${documented}" is ${verdict}`, () => {
    const reach = action("reach one");
    const met = segment(["RST"], { origin: "forged", end: "server" });
    const meet = { ...action("meet one"), segments: [met.id] };
    const ask = {
      what: "encounter",
      end: "client",
      of: "meet one",
      from: "ESTABLISHED",
      permits: [documented],
    } as const;
    const lines = [
      reach,
      sighting(reach.id, "tcp-info", ["ESTABLISHED"]),
      meet,
      met,
      sighting(meet.id, "tcp-info", LEFT_OPEN),
      { ...note("tape", { complete: true }), at: "1700000009.000000000" },
    ];
    const [judged] = judge([claim({ kind: "text", value: documented }, ask)], lines, ALL);
    assert.deepEqual([judged?.verdict, judged?.seen?.value], [verdict, seen]);
  });

test("witnesses with no state in common disagree, whatever is documented", () => {
  const judged = verdictOnState("SYN_SENT", [
    ["procfs", ["SYN_SENT"]],
    ["ss", ["ESTABLISHED"]],
  ]);
  assert.equal(judged.verdict, "disagree");
  assert.deepEqual(judged.witnesses, ["ss", "procfs"]);
});

test("without a witness nothing conforms", () => {
  const judged = verdictOnState("SYN_SENT", []);
  assert.equal(judged.verdict, "unwitnessed");
  assert.deepEqual(judged.witnesses, []);
});

test("nor does a move whose two ends no witness saw both", () => {
  const [bind, connect] = [action("client bind"), action("client connect")];
  const moves = claim(
    { kind: "text", value: "CLOSED to SYN_SENT" },
    { what: "transition", end: "client", of: "client connect" },
  );
  const verdictWith = (before: WitnessName, after: WitnessName) =>
    judge(
      [moves],
      [bind, sighting(bind.id, before, ["CLOSED"]), connect, sighting(connect.id, after, ["SYN_SENT"])],
      ALL,
    )[0]?.verdict;
  assert.equal(verdictWith("ss", "ss"), "conforms");
  assert.equal(verdictWith("ss", "procfs"), "unwitnessed");
});

test("a scene that did not come to the step leaves its claim unwitnessed", () => {
  const [judged] = judge([stateClaim("SYN_SENT")], [action("client close")], ALL);
  assert.equal(judged?.verdict, "unwitnessed");
});

test("a claim that needs what the machine lacks is unsupported, and says why, whatever the evidence", () => {
  const connect = action("client connect");
  const needy = { ...stateClaim("SYN_SENT"), needs: ["repair"] as const };
  const bench = { have: new Set(["wire"] as const), missing: { repair: "EPERM" } };
  const [judged] = judge([needy], [connect, sighting(connect.id, "procfs", ["SYN_SENT"])], bench);
  assert.equal(judged?.verdict, "unsupported");
  assert.deepEqual(judged?.because, ["needs repair: EPERM"]);
});

const SYN_ACK: Question = {
  what: "segment",
  pick: { end: "server", flags: "SYN ACK" },
  fields: ["seq", "ack"],
  numbers: "relative",
};
const SYN_ACK_CLAIM = claim({ kind: "segment", value: "server SYN ACK seq=0 ack=1" }, SYN_ACK);

const opening = (ack: number) => [
  segment(["SYN"], { seq: 4294967295 }),
  segment(["SYN", "ACK"], { end: "server", seq: 7, ack }),
];

test("relative numbers count from each end's first, modulo 2^32", () => {
  const [judged] = judge([SYN_ACK_CLAIM], opening(0), ALL);
  assert.equal(judged?.verdict, "conforms");
  assert.deepEqual(judged?.seen, { kind: "segment", value: "server SYN ACK seq=0 ack=1" });
});

test("an acknowledgement that is one off contradicts", () => {
  const [judged] = judge([SYN_ACK_CLAIM], opening(1), ALL);
  assert.equal(judged?.verdict, "contradicts");
  assert.deepEqual(judged?.seen, { kind: "segment", value: "server SYN ACK seq=0 ack=2" });
});

test("a segment that is missing on a complete tape contradicts; on an incomplete one nobody knows", () => {
  const [syn] = opening(0);
  assert.ok(syn);
  const verdictWith = (...lines: readonly TimelineLine[]) => judge([SYN_ACK_CLAIM], [syn, ...lines], ALL)[0]?.verdict;
  assert.equal(verdictWith(note("tape", { complete: true })), "contradicts");
  assert.equal(verdictWith(note("tape", { complete: false })), "unwitnessed");
  assert.equal(verdictWith(), "unwitnessed");
});

test("the segment that was waited for in vain contradicts; one that the scene never came to is unwitnessed", () => {
  const [syn] = opening(0);
  assert.ok(syn);
  const verdictWhenAwaiting = (flags: string) =>
    judge([SYN_ACK_CLAIM], [syn, note("tape", { complete: true }), note("nothing-came", { flags })], ALL)[0]?.verdict;
  assert.equal(verdictWhenAwaiting("SYN ACK"), "contradicts");
  assert.equal(verdictWhenAwaiting("FIN ACK"), "unwitnessed");
});

const COUNT = claim({ kind: "number", value: 0 }, { what: "count", pick: { having: "RST" } });

test("absence is evidence only on a complete tape", () => {
  assert.equal(judge([COUNT], [note("tape", { complete: true })], ALL)[0]?.verdict, "conforms");
  assert.equal(judge([COUNT], [note("tape", { complete: false })], ALL)[0]?.verdict, "unwitnessed");
  assert.equal(judge([COUNT], [segment(["RST"]), note("tape", { complete: true })], ALL)[0]?.verdict, "contradicts");
});

test("repeats do not count, unless the claim is about them", () => {
  const original = segment(["FIN", "ACK"]);
  const lines = [original, segment(["FIN", "ACK"], { repeats: original.id }), note("tape", { complete: true })];
  const count = (repeats?: "only" | "too") =>
    judge(
      [claim({ kind: "number", value: 1 }, { what: "count", pick: { ...(repeats && { repeats }) } })],
      lines,
      ALL,
    )[0]?.seen?.value;
  assert.equal(count(), 1);
  assert.equal(count("only"), 1);
  assert.equal(count("too"), 2);
});

test("what was left on the wire and no claim speaks of is told; what a claim speaks of is not", () => {
  const stray = segment(["RST"]);
  const lines = [stray, note("tape", { complete: true }), note("held", { segments: [stray.id] })];
  const leftOver = claim({ kind: "text", value: "nothing else" }, { what: "left-over" }, { id: "lab.scene.left" });
  const reset = claim(
    { kind: "segment", value: "client RST" },
    { what: "segment", pick: { flags: "RST" }, fields: [], numbers: "raw" },
  );
  assert.equal(judge([leftOver], lines, ALL)[0]?.verdict, "contradicts");
  assert.equal(judge([reset, leftOver], lines, ALL)[1]?.verdict, "conforms");
});

test("that nothing was left over is known only on a complete tape", () => {
  const leftOver = claim({ kind: "text", value: "nothing else" }, { what: "left-over" });
  const verdictOn = (complete: boolean) => judge([leftOver], [note("tape", { complete })], ALL)[0]?.verdict;
  assert.equal(verdictOn(true), "conforms");
  assert.equal(verdictOn(false), "unwitnessed");
});

test("two scenes have the same segments only where both tapes are complete", () => {
  const same = claim({ kind: "text", value: "the same segments" }, { what: "same-segments", as: "other", first: 1 });
  const scenes = (complete: boolean): readonly TimelineLine[] => [
    segment(["SYN"]),
    note("tape", { complete: true }),
    { ...segment(["SYN"]), scene: "other" },
    { ...note("tape", { complete }), scene: "other" },
  ];
  assert.equal(judge([same], scenes(true), ALL)[0]?.verdict, "conforms");
  assert.equal(judge([same], scenes(false), ALL)[0]?.verdict, "unwitnessed");
});

test("an ACK that says again what it said, in answer to a repeat, is no stray; one that says something new is", () => {
  const fin = segment(["FIN", "ACK"], { end: "server", seq: 9, ack: 9 });
  const acknowledges = segment(["ACK"], { seq: 9, ack: 10 });
  const repeated = segment(["FIN", "ACK"], { end: "server", seq: 9, ack: 9, repeats: fin.id });
  const leftOver = claim({ kind: "text", value: "nothing else" }, { what: "left-over" });
  const verdictWith = (last: SegmentLine, before: SegmentLine) =>
    judge(
      [leftOver],
      [fin, acknowledges, before, last, note("tape", { complete: true }), note("held", { segments: [last.id] })],
      ALL,
    )[0]?.verdict;
  assert.equal(verdictWith(segment(["ACK"], { seq: 9, ack: 10 }), repeated), "conforms");
  assert.equal(verdictWith(segment(["ACK"], { seq: 9, ack: 11 }), repeated), "contradicts");
  assert.equal(verdictWith(segment(["ACK"], { seq: 9, ack: 10 }), { ...fin, id: "e9999" }), "contradicts");
  assert.equal(verdictWith(segment(["RST"], { seq: repeated.ack }), repeated), "conforms");
  assert.equal(verdictWith(segment(["RST"], { seq: repeated.ack }), { ...fin, id: "e9999" }), "contradicts");
});

test("a measured time agrees within what its instrument can tell, and no further", () => {
  const connect = action("client connect");
  const timer = { kind: "time-wait", milliseconds: 59_400, retransmissions: 0 };
  const lines = [connect, { ...sighting(connect.id, "procfs", ["TIME_WAIT"]), timer }];
  const within = (milliseconds: number) =>
    judge(
      [
        claim(
          { kind: "duration-ms", value: 60_000 },
          { what: "timer", end: "client", after: "client connect", kind: "time-wait", within: milliseconds },
        ),
      ],
      lines,
      ALL,
    )[0]?.verdict;
  assert.equal(within(600), "conforms");
  assert.equal(within(599), "contradicts");
});

test("a timer that a segment started is told with the time that passed since the last of them", () => {
  const connect = action("client connect");
  const fin = (at: string) => segment(["FIN", "ACK"], { end: "server", at });
  const look = {
    ...sighting(connect.id, "procfs", ["TIME_WAIT"]),
    at: "1700000003.000000000",
    timer: { kind: "time-wait", milliseconds: 58_500, retransmissions: 0 },
  };
  const verdictWith = (fins: readonly TimelineLine[]) =>
    judge(
      [
        claim(
          { kind: "duration-ms", value: 60_000 },
          {
            what: "timer",
            end: "client",
            after: "client connect",
            kind: "time-wait",
            since: { having: "FIN" },
            within: 10,
          },
        ),
      ],
      [connect, ...fins, look],
      ALL,
    )[0]?.verdict;
  const [early, late, after] = [fin("1700000000.000000000"), fin("1700000001.500000000"), fin("1700000004.000000000")];
  assert.equal(verdictWith([early, late, after]), "conforms");
  assert.equal(verdictWith([early, after]), "contradicts");
  assert.equal(verdictWith([]), "unwitnessed");
});

test("where kernels differ, the one form that was seen is named; what no kernel is known to do has none", () => {
  const form = (id: string, value: string) => ({ id, value: { kind: "text", value } as const, told: `${id}.` });
  const forms = [
    form("since-a-change", "1"),
    form("before-a-change", "2"),
    form("twice", "4"),
    form("told-twice", "4"),
  ];
  const judgedOf = (seen: string) =>
    judge(
      [claim({ kind: "text", value: "1" }, { what: "outcome", of: "client send" }, { forms })],
      [{ ...action("client send"), outcome: { ok: true, value: seen } }],
      ALL,
    )[0];
  const told = ["1", "2", "3", "4"].map((seen) => [judgedOf(seen)?.verdict, judgedOf(seen)?.form?.id]);
  assert.deepEqual(told, [
    ["conforms", "since-a-change"],
    ["contradicts", "before-a-change"],
    ["contradicts", undefined],
    ["contradicts", undefined],
  ]);
});

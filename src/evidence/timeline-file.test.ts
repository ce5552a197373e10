import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { writeTimeline } from "./recorder.ts";
import type { Action, Note, SegmentLine, Sighting, TimelineLine } from "./timeline.ts";
import { EvidenceError, readTimeline } from "./timeline-file.ts";

const AT = "1795332041.017212600";
const RUN: Note = {
  type: "note",
  id: "e1",
  at: AT,
  topic: "run",
  text: "handshake",
  data: { lab: "handshake", capabilities: ["wire"], missing: {}, nested: [null, 1.5, { deep: true }] },
};
const CONNECT: Action = {
  type: "action",
  id: "e2",
  at: AT,
  scene: "one",
  step: "client connect",
  actor: "client",
  sentence: "The client calls connect().",
  outcome: { ok: false, error: "ECONNREFUSED" },
};
const SYN: SegmentLine = {
  type: "segment",
  id: "e3",
  at: AT,
  scene: "one",
  frame: 1,
  origin: "kernel",
  end: "client",
  from: { address: "127.0.0.1", port: 20_000 },
  to: { address: "127.0.0.1", port: 8000 },
  flags: ["SYN"],
  seq: 4_294_967_295,
  ack: 0,
  length: 0,
  window: 65_495,
  urgentPointer: 0,
  options: ["mss 65495", "nop"],
  header: "4500",
};
const LOOK: Sighting = {
  type: "sighting",
  id: "e4",
  at: AT,
  scene: "one",
  after: "e2",
  witness: "ss",
  source: "inet_diag",
  end: "client",
  states: ["SYN_SENT"],
  raw: 'SYN-SENT 0 1 127.0.0.1:20000 users:(("node",pid=1,fd=20))',
  timer: { kind: "retransmit", milliseconds: 990, retransmissions: 0 },
};
const DELIVER: Action = {
  ...CONNECT,
  id: "e5",
  step: "deliver SYN",
  actor: "wire",
  outcome: { ok: true, value: 1 },
  fate: "delivered",
  segments: ["e3"],
};
const COUNTED: Sighting = {
  type: "sighting",
  id: "e6",
  at: AT,
  scene: "one",
  after: "e5",
  witness: "counters",
  source: "proc",
  raw: "",
  counters: { "TcpExt.TCPChallengeACK": 1 },
};
const LINES: readonly TimelineLine[] = [RUN, CONNECT, SYN, LOOK, DELIVER, COUNTED];

test("what is written is read back, line by line", () => {
  assert.deepEqual(readTimeline(writeTimeline(LINES)), LINES);
});

test("an empty timeline is a file without lines", () => {
  assert.equal(writeTimeline([]), "");
  assert.deepEqual(readTimeline(""), []);
});

test("no raw text can break a line in two", (t) => {
  const raw = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("a\nb", "\r\n", "\u2028\u2029", "\u0000", "\ud800"),
  );
  holdsForAll(
    t,
    fc.property(raw, raw, (first, second) => {
      const lines = [
        { ...LOOK, id: "e1", raw: first },
        { ...LOOK, id: "e2", raw: second },
      ];
      const text = writeTimeline(lines);
      assert.equal(text.split("\n").length, 3);
      assert.deepEqual(readTimeline(text), lines);
    }),
  );
});

const json = (line: object) => JSON.stringify(line);

/** What stands in line 2 of a timeline whose first line is right, and what the error must say of it. */
const WRONG: Readonly<Record<string, readonly [line: string, said: RegExp]>> = {
  "an empty line": ["", /not JSON: ""/],
  "a line that was cut": [json(SYN).slice(0, 50), /not JSON: .*segment/],
  "a line that is no object": ["7", /expected object/],
  "an unknown type": [json({ ...SYN, type: "packet" }), /type: /],
  "a flag that does not exist": [json({ ...SYN, flags: ["SIN"] }), /flags\.0: .*SYN/],
  "a sequence number over 32 bits": [json({ ...SYN, seq: 2 ** 32 }), /seq: .*4294967295/],
  "a sequence number that is no integer": [json({ ...SYN, seq: 1.5 }), /seq: .*int/],
  "a state that does not exist": [json({ ...LOOK, states: ["SYN_SEND"] }), /states\.0: .*SYN_SENT/],
  "a witness that does not exist": [json({ ...LOOK, witness: "lsof" }), /witness: .*netstat/],
  "a time without nanoseconds": [json({ ...LOOK, at: "1795332041.017" }), /at: /],
  "a missing property": [json({ ...SYN, frame: undefined }), /frame: .*expected/],
  "a property that nobody knows": [json({ ...SYN, colour: "red" }), /colour/],
  "an id that stood before": [json({ ...SYN, id: "e1" }), /id e1 is that of line 1/],
  "a line of more than a million characters": [json({ ...LOOK, raw: "x".repeat(1 << 20) }), /at most 1048576/],
};

for (const [what, [line, said]] of Object.entries(WRONG))
  test(`${what} is refused with the line's number and what is wrong`, () => {
    assert.throws(
      () => readTimeline(`${json(RUN)}\n${line}\n`),
      (error) =>
        error instanceof EvidenceError &&
        /^evidence: timeline\.jsonl: reading line 2: /.test(error.message) &&
        said.test(error.message) &&
        !error.message.includes("\n") &&
        error.message.length < 400,
    );
  });

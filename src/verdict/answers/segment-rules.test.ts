import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentRule } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import type { End } from "../../tcp/end.ts";
import type { Flag } from "../../tcp/flags.ts";
import { note } from "../../testing/scene-of-lines.ts";
import { SceneEvidence } from "../scene-evidence.ts";
import { answerEvery, HOLDS } from "./segment-rules.ts";

const ALL_NUMBERS = 2 ** 32;
/** An irrational stride spreads numbers evenly, and the same in every run of this test. */
const GOLDEN = 0.618_033_988_749_895;
const spread = (index: number) => Math.floor(((index * GOLDEN) % 1) * ALL_NUMBERS);

interface Given {
  readonly end: End;
  readonly flags: readonly Flag[];
  readonly seq: number;
  readonly ack?: number;
  readonly length?: number;
  readonly clientPort?: number;
}

function segmentsOf(given: readonly Given[]): readonly SegmentLine[] {
  return given.map(({ end, flags, seq, ack = 0, length = 0, clientPort = 20_000 }, index) => {
    const [client, server] = [
      { address: "127.0.0.1", port: clientPort },
      { address: "127.0.0.1", port: 8000 },
    ];
    return {
      type: "segment",
      id: `e${index + 1}`,
      at: `${index}.000000000`,
      scene: "made",
      origin: "kernel",
      frame: index + 1,
      end,
      from: end === "client" ? client : server,
      to: end === "client" ? server : client,
      flags,
      seq,
      ack,
      length,
      window: 65_535,
      urgentPointer: 0,
      options: [],
      header: "",
    };
  });
}

function found(rule: SegmentRule, given: readonly Given[]) {
  return foundOn(true, rule, given);
}

function foundOn(complete: boolean, rule: SegmentRule, given: readonly Given[]) {
  const tape = note({ id: "e9000", topic: "tape", data: { complete } });
  const answer = answerEvery({ what: "every", rule }, new SceneEvidence([...segmentsOf(given), tape]));
  return answer.kind === "seen" ? answer.seen.value : answer.kind;
}

const openings = (server: (client: number, index: number) => number): readonly Given[] =>
  Array.from({ length: 200 }, (_, index) => {
    const clientPort = 20_000 + index;
    const seq = spread(index);
    return [
      { end: "client", flags: ["SYN"], seq, clientPort },
      { end: "server", flags: ["SYN", "ACK"], seq: server(seq, index), clientPort },
    ] satisfies Given[];
  }).flat();

const unrelated = openings((_, index) => spread(index * index + 7));

test("numbers that are spread evenly and have nothing to do with each other pass all three rules", () => {
  for (const rule of ["initial-numbers-uniform", "initial-numbers-unrelated", "initial-numbers-differ"] as const)
    assert.equal(found(rule, unrelated), HOLDS, rule);
});

test("a server that makes its number from its client's is found out, evenly spread as it may be", () => {
  const related = openings((client) => (client + 64_000) % ALL_NUMBERS);
  assert.equal(found("initial-numbers-uniform", related), HOLDS);
  assert.match(String(found("initial-numbers-unrelated", related)), /too far from uniform/);
});

test("numbers that count up from a clock are found out", () => {
  const clock = openings((_, index) => 1000 * index).map((one) => ({ ...one, seq: one.seq % 100_000_000 }));
  assert.match(String(found("initial-numbers-uniform", clock)), /too far from uniform/);
});

test("one connection whose ends start with the same number is found among 200", () => {
  const equal = openings((client, index) => (index === 120 ? client : spread(index * index + 7)));
  assert.match(String(found("initial-numbers-differ", equal)), /frame 242\) has its peer's initial number/);
});

const data = { end: "client", flags: ["PSH", "ACK"], seq: 100, ack: 1, length: 5 } as const;
const more = { ...data, seq: 105 } as const;
const ackOf = (ack: number) => ({ end: "server", flags: ["ACK"], seq: 1, ack }) as const;

test("data may be acknowledged one by one or several at once", () => {
  assert.equal(found("data-is-acknowledged-by-its-length", [data, ackOf(105), more, ackOf(110)]), HOLDS);
  assert.equal(found("data-is-acknowledged-by-its-length", [data, more, ackOf(110)]), HOLDS);
});

test("data that nobody acknowledges, or only in part, breaks the rule", () => {
  assert.match(String(found("data-is-acknowledged-by-its-length", [data, ackOf(100)])), /frame 1\) was not/);
  assert.match(String(found("data-is-acknowledged-by-its-length", [data, more, ackOf(107)])), /acknowledges part of/);
});

test("a scene without data says nothing about how data is acknowledged", () => {
  assert.equal(found("data-is-acknowledged-by-its-length", [ackOf(1)]), "unwitnessed");
});

test("a tape that may not hold every segment shows that a rule is broken, never that it holds", () => {
  const rule = "data-is-acknowledged-by-its-length";
  assert.equal(foundOn(false, rule, [data, ackOf(105)]), "unwitnessed");
  assert.match(String(foundOn(false, rule, [data, ackOf(103)])), /was not acknowledged/);
});

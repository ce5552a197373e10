import assert from "node:assert/strict";
import { test } from "node:test";
import { segment } from "../testing/scene-of-lines.ts";
import { numberRelatively } from "./relative-numbers.ts";
import type { SegmentLine } from "./timeline.ts";

type Told = Partial<SegmentLine> & Pick<SegmentLine, "flags">;

/** "seq/ack" of each; ids and frames are counted. */
function numbered(...told: readonly Told[]): readonly string[] {
  const lines = told.map((line, index) => segment({ id: `e${index + 1}`, frame: index + 1, ...line }));
  const numbers = numberRelatively(lines);
  return lines.map(({ id }) => `${numbers.get(id)?.seq}/${numbers.get(id)?.ack}`);
}

const SYN: Told = { flags: ["SYN"], seq: 900 };
const SYN_ACK: Told = { end: "server", flags: ["SYN", "ACK"], seq: 5000, ack: 901 };

test("each direction counts from its SYN, modulo 2^32", () => {
  assert.deepEqual(numbered(SYN, SYN_ACK, { flags: ["ACK"], seq: 901, ack: 5001 }), ["0/0", "0/1", "1/1"]);
  assert.deepEqual(numbered({ ...SYN, seq: 0xffffffff }, { ...SYN_ACK, ack: 0 }), ["0/0", "0/1"]);
});

test("without a SYN a direction counts from the first number that either end tells of it", () => {
  const numbers = numbered(
    { flags: ["FIN", "ACK"], seq: 4_000_000_000, ack: 77 },
    { flags: ["ACK"], seq: 4_000_000_001, ack: 78 },
    { end: "server", flags: ["ACK"], seq: 80, ack: 4_000_000_001 },
  );
  assert.deepEqual(numbers, ["0/0", "1/1", "3/1"]);
});

test("a reset takes its number from what it answers, and where nobody told one it says 0", () => {
  const forged: Told = { flags: ["ACK"], seq: 5000, ack: 7000, origin: "forged" };
  assert.deepEqual(numbered(forged, { end: "server", flags: ["RST"], seq: 7001 }), ["0/0", "1/0"]);
  assert.deepEqual(numbered(SYN, { end: "server", flags: ["RST", "ACK"], seq: 0, ack: 901 }, SYN_ACK), [
    "0/0",
    "0/1",
    "0/1",
  ]);
});

test("a forged number counts for nothing where a kernel tells one", () => {
  const forged: Told = { end: "server", flags: ["RST"], seq: 1_000_000, origin: "forged" };
  assert.deepEqual(numbered(forged, { flags: ["ACK"], seq: 10, ack: 20 }, { ...SYN_ACK, flags: ["ACK"], seq: 21 }), [
    "999980/0",
    "0/0",
    "1/891",
  ]);
});

test("where ports are used again each number counts from the nearest beginning", () => {
  const again: Told = { flags: ["SYN"], seq: 3_000_000_000 };
  const old: Told = { end: "server", flags: ["ACK"], seq: 5001, ack: 905 };
  assert.deepEqual(numbered(SYN, SYN_ACK, again, old, { ...old, ack: 3_000_000_001 }), [
    "0/0",
    "0/1",
    "0/0",
    "1/5",
    "1/1",
  ]);
});

test("where SYNs cross, a SYN ACK counts from its end's own SYN", () => {
  const crossing: Told = { end: "server", flags: ["SYN"], seq: 5000 };
  assert.deepEqual(numbered(SYN, crossing, { flags: ["SYN", "ACK"], seq: 907, ack: 5001 }), ["0/0", "0/0", "7/1"]);
});

test("the blocks of a SACK count as the acknowledgement does", () => {
  const line = segment({
    id: "e1",
    frame: 1,
    flags: ["ACK"],
    seq: 5,
    ack: 100,
    options: ["nop", "sack 110-120 130-140"],
  });
  assert.equal(numberRelatively([line]).get("e1")?.sack, "10-20 30-40");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { segmentLength, sequenceAfter } from "./segment.ts";
import { sequence } from "./sequence.ts";

/** RFC 9293 §3.4: SEG.LEN counts the octets and the flags SYN and FIN. */
for (const [flags, length, consumed] of [
  [["ACK"], 0, 0],
  [["SYN"], 0, 1],
  [["SYN", "ACK"], 0, 1],
  [["FIN", "ACK"], 0, 1],
  [["PSH", "ACK"], 8, 8],
  [["FIN", "PSH", "ACK"], 8, 9],
  [["RST"], 0, 0],
  [["URG", "ACK"], 1, 1],
] as const)
  test(`${flags.join(" ")} with ${length} octets consumes ${consumed} sequence numbers`, () => {
    assert.equal(segmentLength({ flags, length }), consumed);
  });

test("the number after a segment is counted modulo 2^32", () => {
  assert.equal(sequenceAfter({ flags: ["SYN"], length: 0, seq: sequence(0xffffffff) }), 0);
});

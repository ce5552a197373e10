import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arbitrarySequence } from "../testing/arbitrary-segment.ts";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { advance, distance, sequence } from "./sequence.ts";

const LAST = sequence(0xffffffff);

test("the number after 4294967295 is 0", () => {
  assert.equal(advance(LAST, 1), 0);
  assert.equal(sequence(2 ** 32), 0);
  assert.equal(advance(sequence(0), -1), 4_294_967_295);
});

test("a distance is counted across the wrap, and is negative backwards", () => {
  assert.equal(distance(LAST, sequence(4)), 5);
  assert.equal(distance(sequence(4), LAST), -5);
  assert.equal(distance(sequence(0), sequence(2 ** 31)), -(2 ** 31));
});

test("to advance by a distance is to arrive", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySequence, arbitrarySequence, (from, to) => {
      assert.equal(advance(from, distance(from, to)), to);
    }),
  );
});

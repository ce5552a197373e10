import assert from "node:assert/strict";
import { test } from "node:test";
import { coverPairs, type Row } from "./covering.ts";

const SIZES = [8, 3, 2, 4, 9, 5];

function pairsMissing(sizes: readonly number[], rows: readonly Row[]): readonly string[] {
  const missing: string[] = [];
  for (const [a, levels] of sizes.entries())
    for (let b = a + 1; b < sizes.length; b++)
      for (let i = 0; i < levels; i++)
        for (let j = 0; j < (sizes[b] ?? 0); j++)
          if (!rows.some((row) => row[a] === i && row[b] === j)) missing.push(`${a}=${i} ${b}=${j}`);
  return missing;
}

test("every pair of levels of two factors meets in some row", () => {
  for (const sizes of [SIZES, [2, 2], [8, 1, 2], [1, 1]]) assert.deepEqual(pairsMissing(sizes, coverPairs(sizes)), []);
});

test("it takes few rows more than the two largest factors need", () => {
  const { length } = coverPairs(SIZES);
  assert.ok(length >= 9 * 8 && length <= 9 * 8 + 9, `${length} rows`);
});

test("rows that are given come first, and what they meet need not meet again", () => {
  const first = [
    [0, 0, 0],
    [1, 0, 0],
  ];
  const rows = coverPairs([2, 2, 2], first);
  assert.deepEqual(rows.slice(0, 2), first);
  assert.deepEqual(pairsMissing([2, 2, 2], rows), []);
  assert.equal(rows.length, 5);
});

test("the design is the same each time", () => {
  assert.deepEqual(coverPairs(SIZES), coverPairs(SIZES));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { GrowthRecord } from "../evidence/growth.ts";
import { costCurves, weightOf } from "./growth-figures.ts";

const SIZES = [1000, 10_000, 30_000, 100_000];

const recordOf = (cost: (entries: number) => number): GrowthRecord => ({
  costs: SIZES.map((entries) => {
    const took = [cost(entries) + 3, cost(entries), cost(entries) + 9];
    return { witness: "ss", entries, took, processor: took };
  }),
  memory: [],
  objects: {},
});

const exponentOf = (cost: (entries: number) => number): string =>
  (costCurves(recordOf(cost))[0]?.exponent ?? Number.NaN).toFixed(2);

test("of several looks the least counts, and what a look costs in any case is taken off", () => {
  assert.equal(
    exponentOf((entries) => 5 + entries / 1000),
    "1.00",
  );
  assert.deepEqual(costCurves(recordOf((entries) => 5 + entries / 1000))[0]?.points[0], [1000, 6]);
});

test("growth with the square is told from linear growth", () => {
  const exponent = Number(exponentOf((entries) => (entries / 1000) ** 2));
  assert.ok(exponent > 1.9, `${exponent}`);
});

test("two sizes, or a cost that shrinks, have no exponent", () => {
  assert.equal(
    exponentOf((entries) => 1e6 / entries),
    "NaN",
  );
  const { costs } = recordOf((entries) => entries);
  assert.equal(costCurves({ costs: costs.slice(0, 2), memory: [], objects: {} })[0]?.exponent, undefined);
});

test("an entry weighs what the slabs grew by in the median step", () => {
  const memory = [
    { of: "time-wait", count: 4000, slab: [1000, 1500, 2000, 9000, 9500] },
    { of: "connection", count: 200, slab: [0, 800, 1600] },
  ] as const;
  const record = { costs: [], memory, objects: {} };
  assert.deepEqual(weightOf(record, "time-wait"), { each: 512, error: 0 }, "one step in which something else happened");
  assert.equal(weightOf(record, "connection")?.each, 4096, "a connection has two ends");
  assert.equal(weightOf({ ...record, memory: [] }, "connection"), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { GrowthRecord } from "../../evidence/growth.ts";
import { chanceFrom, seedOfRun } from "../../testing/seeded.ts";
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
  (costCurves(recordOf(cost))[0]?.exponent?.value ?? Number.NaN).toFixed(2);

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

function slabOf(...steps: readonly number[]): readonly number[] {
  let reading = 1000;
  return [
    reading,
    ...steps.map((step) => {
      reading += step;
      return reading;
    }),
  ];
}
const TEN = Array.from({ length: 10 }, () => 500);

test("an entry weighs what the slabs grew by in the median step, and few steps in which something else happened do not count", () => {
  const memory = [
    { of: "time-wait", count: 10_000, slab: slabOf(-3000, ...TEN.slice(1)) },
    { of: "connection", count: 1000, slab: slabOf(...TEN.map((step) => 2 * step)) },
    { of: "connection", count: 1000, slab: slabOf(9000, 7000, ...TEN.slice(2).map((step) => 2 * step)) },
  ] as const;
  const record = { costs: [], memory, objects: {} };
  assert.deepEqual(weightOf(record, "time-wait"), { each: 512, error: 0 });
  assert.deepEqual(weightOf(record, "connection"), { each: 5120, error: 0 }, "a connection has two ends");
  assert.equal(weightOf({ ...record, memory: [] }, "connection"), undefined);
});

test("the error of a weight covers the true one in 95 of 100 cases", (t) => {
  const seed = seedOfRun();
  t.diagnostic(`SEED=${seed}`);
  const chance = chanceFrom(seed);
  let covered = 0;
  for (let trial = 0; trial < 400; trial++) {
    const steps = Array.from({ length: 20 }, () => 300 + chance.number(401));
    const record: GrowthRecord = {
      costs: [],
      memory: [{ of: "time-wait", count: 20_000, slab: slabOf(...steps) }],
      objects: {},
    };
    const { each, error } = weightOf(record, "time-wait") ?? { each: 0, error: 0 };
    if (Math.abs(each - 512) <= error) covered++;
  }
  assert.ok(covered > 360 && covered < 400, `${covered} of 400`);
});

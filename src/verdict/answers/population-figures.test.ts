import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PopulationRecord } from "../../evidence/population.ts";
import { holdsForAll } from "../../testing/holds-for-all.ts";
import { populationFigures, predictedEnd } from "./population-figures.ts";

const G = 2048;
const EMPTY: PopulationRecord = {
  entries: 0,
  hz: 250,
  hzFrom: "a test",
  granularity: G,
  starts: [],
  looks: [],
  ended: [],
  unseen: 0,
  standing: 0,
  complete: true,
  clockMoved: 0,
};

/** Entries that begin and end at these instants, seen by looks every `interval` milliseconds from 59 s on. */
function watched(
  lives: readonly { readonly start: number; readonly end: number }[],
  interval: number,
): PopulationRecord {
  const looks: PopulationRecord["looks"][number][] = [];
  for (let at = 59_000; at < 70_000; at += interval) {
    const standing = lives.filter(({ end }) => end > at).length;
    looks.push([at, at, standing, 0, 0, 0]);
  }
  return {
    ...EMPTY,
    entries: lives.length,
    starts: lives.map(({ start }) => [start, start, 1]),
    looks,
    ended: lives.map(({ end }, index) => [index, looks.findIndex(([at]) => at >= end), 1]),
  };
}

const evenly = (count: number) => Array.from({ length: count }, (_, index) => (index * G) / count);

test("ends on a lattice are found, whatever its phase and the interval of the looks", (t) =>
  holdsForAll(
    t,
    fc.property(fc.double({ min: 0, max: G, noNaN: true }), fc.integer({ min: 2, max: 40 }), (phase, interval) => {
      const lives = evenly(200).map((start) => ({ start, end: predictedEnd(start, phase, G) }));
      const figures = populationFigures(watched(lives, interval));
      assert.ok(figures !== undefined);
      assert.deepEqual([figures.entries, figures.early, figures.late, figures.offLattice], [200, 0, 0, 0]);
      const off = Math.abs(((figures.phase - phase + G / 2 + G) % G) - G / 2);
      assert.ok(off <= interval, `phase ${figures.phase} for ${phase}`);
      assert.ok(figures.least > 60_000 && figures.most <= 60_000 + G + interval);
    }),
  ));

test("a look that came half a second late widens an interval, and moves no phase", () => {
  const lives = evenly(200).map((start) => ({ start, end: predictedEnd(start, 500, G) }));
  const punctual = watched(lives, 5);
  // Nobody looked for 400 ms before the instant at which most of them ended, nor for 100 ms after it.
  const instant = Math.min(...lives.map(({ end }) => end));
  const gap = ([at]: PopulationRecord["looks"][number]) => at <= instant - 400 || at >= instant + 100;
  const looks = punctual.looks.filter(gap);
  const ended = punctual.ended.map(([batch, look, count]) => {
    const [seen = 0] = punctual.looks[look] ?? [];
    return [batch, looks.findIndex(([at]) => at >= seen), count] as const;
  });
  const figures = populationFigures({ ...punctual, looks, ended });
  assert.ok((figures?.widestLook ?? 0) >= 500);
  assert.equal(figures?.offLattice, 0);
  assert.ok(Math.abs((figures?.phase ?? 0) - 500) <= 5, `${figures?.phase}`);
});

test("lengths without a lattice are told from one", () => {
  const lives = evenly(200).map((start, index) => ({ start, end: start + 60_000 + ((index * 37) % 200) * 10 }));
  const figures = populationFigures(watched(lives, 5));
  assert.ok((figures?.offLattice ?? 0) > 50, `${figures?.offLattice} of 200`);
  assert.equal(figures?.early, 0);
});

test("an entry that ended early is certain only when its look leaves no doubt", () => {
  assert.equal(populationFigures(watched([{ start: 0, end: 59_950 }], 10))?.early, 1);
  assert.equal(populationFigures(watched([{ start: 0, end: 59_995 }], 10))?.early, 0, "the look came at 60.000 s");
});

test("an entry that lasted twice as long is late, and off the lattice of the others", () => {
  const lives = evenly(50).map((start) => ({ start, end: predictedEnd(start, 100, G) }));
  const figures = populationFigures(watched([...lives, { start: 0, end: 64_800 }], 5));
  assert.deepEqual([figures?.late, figures?.offLattice], [1, 1]);
});

test("of a batch each start may be anywhere between the first and the last", () => {
  const figures = populationFigures({
    ...EMPTY,
    entries: 10,
    starts: [[-20, 20, 10]],
    looks: [
      [59_990, 59_991, 10, 0, 0, 0],
      [60_010, 60_011, 0, 0, 0, 0],
    ],
    ended: [[0, 1, 10]],
  });
  const [cell] = figures?.cells ?? [];
  assert.deepEqual([cell?.shortest, cell?.longest, cell?.length], [59_970, 60_031, 60_011]);
  assert.equal(figures?.early, 0);
});

test("a population of which none was seen to end has no figures", () => {
  assert.equal(populationFigures(EMPTY), undefined);
});

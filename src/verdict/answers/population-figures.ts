// The lengths of a TIME_WAIT population, worked out from what the evidence keeps of it: each with the bounds that the looks leave.

import type { PopulationRecord } from "../../evidence/population.ts";

/** Entries of one batch that ended between the same two looks. Milliseconds. */
export interface LengthCell {
  readonly count: number;
  /** What the design of the measure calls the length: from the completed close to the first look without it. */
  readonly length: number;
  /** The bounds that are certain. */
  readonly shortest: number;
  readonly longest: number;
  /** Since the first close: the end lies between these. */
  readonly endFrom: number;
  readonly endTo: number;
  readonly startFrom: number;
  readonly startTo: number;
}

export interface PopulationFigures {
  readonly cells: readonly LengthCell[];
  readonly entries: number;
  readonly granularity: number;
  readonly least: number;
  readonly tenth: number;
  readonly median: number;
  readonly ninetieth: number;
  readonly most: number;
  /** Entries that certainly lasted less than 60 s, or more than 60 s and the granularity. */
  readonly early: number;
  readonly late: number;
  /** The one unknown of the lattice: an instant at which entries end, since the first close, modulo the granularity. */
  readonly phase: number;
  /** How far the worst entry's end is from the instant that the lattice predicts, beyond what the looks leave open. */
  readonly residual: number;
  /** Entries whose residual is more than `allowance`. */
  readonly offLattice: number;
  readonly allowance: number;
  /** The widest interval between two looks that an end fell into. */
  readonly widestLook: number;
}

export const TIME_WAIT_MS = 60_000;

/** A busy machine's timers may be late by this part of the granularity, and the kernel needs so long for each entry that ends at one instant. */
const LATE_SHARE = 0.05;
const MS_FOR_ONE = 0.002;

/** undefined where none has ended. */
export function populationFigures(record: PopulationRecord): PopulationFigures | undefined {
  const { granularity } = record;
  const cells = cellsOf(record).sort((a, b) => a.length - b.length);
  const [first] = cells;
  if (first === undefined) return undefined;
  const entries = sum(cells, () => true);
  const at = (share: number) => quantile(cells, ({ length }) => length, share * entries);
  const phase = fitPhase(cells, granularity);
  const widestLook = Math.max(...cells.map(({ endFrom, endTo }) => endTo - endFrom));
  const residuals = cells.map((cell) => residualOf(cell, phase, granularity, TICK + widestLook));
  const allowance = LATE_SHARE * granularity + MS_FOR_ONE * largestBurst(cells, phase, granularity);
  return {
    cells,
    entries,
    granularity,
    least: first.length,
    tenth: at(0.1),
    median: at(0.5),
    ninetieth: at(0.9),
    most: cells.at(-1)?.length ?? first.length,
    early: sum(cells, ({ longest }) => longest < TIME_WAIT_MS),
    late: sum(cells, ({ shortest }) => shortest > TIME_WAIT_MS + granularity + allowance),
    phase,
    residual: Math.max(...residuals),
    offLattice: sum(cells, (_, index) => (residuals[index] ?? 0) > allowance),
    allowance,
    widestLook,
  };
}

function cellsOf({ starts, looks, ended }: PopulationRecord): LengthCell[] {
  return ended.flatMap(([batch, look, count]) => {
    const [start, before, after] = [starts[batch], looks[look - 1], looks[look]];
    if (start === undefined || before === undefined || after === undefined) return [];
    const [startFrom, startTo, size] = start;
    const [endFrom] = before;
    const [, endTo] = after;
    // Of a batch of several, each start is somewhere between the first and the last.
    const began = size === 1 ? startTo : (startFrom + startTo) / 2;
    const bounds = { shortest: endFrom - startTo, longest: endTo - startFrom };
    return [{ count, length: endTo - began, ...bounds, endFrom, endTo, startFrom, startTo }];
  });
}

const sum = (cells: readonly LengthCell[], counts: (cell: LengthCell, index: number) => boolean): number =>
  cells.reduce((total, cell, index) => total + (counts(cell, index) ? cell.count : 0), 0);

/** The value of the element that the rank (from 1) falls to, where each counts so many times. */
function quantile<T extends { readonly count: number }>(
  sorted: readonly T[],
  value: (element: T) => number,
  rank: number,
): number {
  let passed = 0;
  const found = sorted.find(({ count }) => {
    passed += count;
    return passed >= rank;
  });
  return found === undefined ? Number.NaN : value(found);
}

/**
 * The instant, modulo the granularity, that lies the least outside of the intervals in which the entries ended: the median
 * of their bounds, so that a wide interval which holds it says nothing about where. Counted from the narrowest, so that
 * none is torn apart.
 */
function fitPhase(cells: readonly LengthCell[], granularity: number): number {
  const width = ({ endFrom, endTo }: LengthCell) => endTo - endFrom;
  const middle = ({ endFrom, endTo }: LengthCell) => (endFrom + endTo) / 2;
  const narrowest = cells.reduce((least, cell) => (width(cell) < width(least) ? cell : least));
  const bounds = cells
    .flatMap((cell) => {
      const offset = centred(middle(cell) - middle(narrowest), granularity);
      return [-0.5, 0.5].map((side) => ({ at: offset + side * width(cell), count: cell.count }));
    })
    .sort((a, b) => a.at - b.at);
  const entries = sum(cells, () => true);
  const bound = (rank: number) => quantile(bounds, ({ at }) => at, rank);
  return modulo(middle(narrowest) + (bound(entries) + bound(entries + 1)) / 2, granularity);
}

/** end = φ + g·⌈(start + 60 s − φ)/g⌉ */
export const predictedEnd = (start: number, phase: number, granularity: number): number =>
  phase + granularity * Math.ceil((start + TIME_WAIT_MS - phase) / granularity);

/** 0 where the instant predicted for the first or the last of the cell's starts lies between its two looks. `edge`: ms. */
function residualOf(cell: LengthCell, phase: number, granularity: number, edge: number): number {
  const { startFrom, startTo, endFrom, endTo } = cell;
  const outside = (instant: number) => Math.max(0, endFrom - instant, instant - endTo);
  const possible = [startFrom, startTo].flatMap((start) => {
    const instant = predictedEnd(start, phase, granularity);
    // So near the edge that the error of the phase decides on which side it falls, the next instant is possible too.
    const beyond = centred(start + TIME_WAIT_MS - phase, granularity);
    return Math.abs(beyond) < edge ? [instant, instant + (beyond > 0 ? -granularity : granularity)] : [instant];
  });
  return Math.min(...possible.map(outside));
}

/** One timer tick, at most 10 ms: the kernel counts a start in whole ticks. */
const TICK = 10;

function largestBurst(cells: readonly LengthCell[], phase: number, granularity: number): number {
  const bursts = new Map<number, number>();
  for (const { startTo, count } of cells) {
    const instant = predictedEnd(startTo, phase, granularity);
    bursts.set(instant, (bursts.get(instant) ?? 0) + count);
  }
  return Math.max(...bursts.values());
}

const modulo = (value: number, by: number): number => ((value % by) + by) % by;

/** Into −by/2 .. by/2. */
const centred = (value: number, by: number): number => modulo(value + by / 2, by) - by / 2;

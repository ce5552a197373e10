// What a look costs as the population grows, and what an entry weighs, worked out from the readings that the evidence keeps.

import type { GrowthRecord, MemoryRecord } from "../../evidence/growth.ts";

export interface CostCurve {
  readonly witness: string;
  /** The least that a look took at so many entries, ms. */
  readonly points: readonly (readonly [entries: number, milliseconds: number])[];
  readonly exponent?: Exponent;
}

/** b of a + c·entries^b, the processor's time of a look, from the smallest to the largest of the populations above the very smallest: 1 is linear. */
export interface Exponent {
  readonly value: number;
  /** The least and the most that it comes to where some size has the second least of its equal looks in place of the least. */
  readonly least: number;
  readonly most: number;
}

export function costCurves({ costs }: GrowthRecord): readonly CostCurve[] {
  const witnesses = [...new Set(costs.map(({ witness }) => witness))];
  return witnesses.map((witness) => {
    const own = costs
      .filter((cost) => cost.witness === witness && cost.took.length > 0)
      .sort((a, b) => a.entries - b.entries);
    const points = own.map(({ entries, took }) => [entries, Math.min(...took)] as const);
    const exponent = exponentOf(own);
    return { witness, points, ...(exponent !== undefined && { exponent }) };
  });
}

type Cost = GrowthRecord["costs"][number];

/**
 * What a look costs whatever the population (a process, an empty table) is taken off first: the smallest stands for it.
 * Then over as wide a span as there is.
 */
function exponentOf(costs: readonly Cost[]): Exponent | undefined {
  const [smallest, next, largest] = [costs[0], costs[1], costs.at(-1)];
  if (costs.length < 3 || smallest === undefined || next === undefined || largest === undefined) return undefined;
  const span = Math.log((largest.entries - smallest.entries) / (next.entries - smallest.entries));
  const power = (fixed: number, low: number, high: number): number =>
    low > fixed ? Math.log((high - fixed) / (low - fixed)) / span : Infinity;
  const [[fixed, fixedToo], [low, lowToo], [high, highToo]] = [twoLeast(smallest), twoLeast(next), twoLeast(largest)];
  const value = power(fixed, low, high);
  if (!Number.isFinite(value)) return undefined;
  return { value, least: power(fixed, lowToo, high), most: power(fixedToo, low, highToo) };
}

function twoLeast({ processor }: Cost): readonly [number, number] {
  const [first = Infinity, second = Infinity] = [...processor].sort((a, b) => a - b);
  return [first, second];
}

export interface Weight {
  /** Octets, and how far they may be off. */
  readonly each: number;
  readonly error: number;
}

/**
 * Of one TIME_WAIT, or of one end of a connection; undefined where it was not weighed. The median of equal steps, with the
 * bounds that hold it in 95 of 100 cases whatever the steps are like: what else the machine did fell into few of them.
 */
export function weightOf({ memory }: GrowthRecord, of: MemoryRecord["of"]): Weight | undefined {
  const steps = memory
    .filter((record) => record.of === of)
    .flatMap(stepsOf)
    .sort((a, b) => a - b);
  const [median, rank] = [steps[steps.length >> 1], boundRank(steps.length)];
  const [least, most] = [steps[rank], steps.at(-1 - rank)];
  if (steps.length < 2 || median === undefined || least === undefined || most === undefined) return undefined;
  return { each: median, error: Math.max(median - least, most - median) };
}

/** Octets that each piece took, in each step. */
function stepsOf({ of, count, slab }: MemoryRecord): readonly number[] {
  const pieces = (count * (of === "connection" ? 2 : 1)) / (slab.length - 1);
  return slab.slice(1).map((reading, index) => ((reading - (slab[index] ?? 0)) * OCTETS_IN_KIB) / pieces);
}

/** Place of the lower bound among so many sorted values: that it lies above the true median has less than 2.5 chances in 100. */
function boundRank(count: number): number {
  let [rank, chance, below] = [0, 0.5 ** count, 0];
  for (; below + chance <= ONE_SIDE; rank++) {
    below += chance;
    chance *= (count - rank) / (rank + 1);
  }
  return Math.max(0, rank - 1);
}

const ONE_SIDE = 0.025;
const OCTETS_IN_KIB = 1024;

// What a look costs as the population grows, and what an entry weighs, worked out from the readings that the evidence keeps.

import type { GrowthRecord, MemoryRecord } from "../evidence/growth.ts";

export interface CostCurve {
  readonly witness: string;
  /** The least that a look took at so many entries, ms. */
  readonly points: readonly (readonly [entries: number, milliseconds: number])[];
  /** b of milliseconds = a + c·entries^b, from the two largest populations above the smallest: 1 is linear. */
  readonly exponent?: number;
}

export function costCurves({ costs }: GrowthRecord): readonly CostCurve[] {
  const witnesses = [...new Set(costs.map(({ witness }) => witness))];
  return witnesses.map((witness) => {
    const own = costs.filter((cost) => cost.witness === witness && cost.took.length > 0);
    const points = own.map(({ entries, took }) => [entries, Math.min(...took)] as const).sort(([a], [b]) => a - b);
    const exponent = exponentOf(points);
    return { witness, points, ...(exponent !== undefined && { exponent }) };
  });
}

/** What a look costs whatever the population (a process, an empty table) is taken off first: the smallest stands for it. */
function exponentOf(points: CostCurve["points"]): number | undefined {
  const [smallest, middle, largest] = [points[0], points.at(-2), points.at(-1)];
  if (points.length < 3 || smallest === undefined || middle === undefined || largest === undefined) return undefined;
  const [base, fixed] = smallest;
  if (middle[1] <= fixed || largest[1] <= fixed) return undefined;
  const growth = (largest[1] - fixed) / (middle[1] - fixed);
  return Math.log(growth) / Math.log((largest[0] - base) / (middle[0] - base));
}

export interface Weight {
  /** Octets, and how far they may be off. */
  readonly each: number;
  readonly error: number;
}

/** Of one TIME_WAIT, or of one end of a connection; undefined where it was not weighed. */
export function weightOf({ memory }: GrowthRecord, of: MemoryRecord["of"]): Weight | undefined {
  const record = memory.find((one) => one.of === of);
  if (record === undefined) return undefined;
  const pieces = record.count * (of === "connection" ? 2 : 1);
  const spread = (readings: readonly number[]) => Math.max(...readings) - Math.min(...readings);
  const octets = (kibibytes: number) => (kibibytes * 1024) / pieces;
  return {
    each: octets(median(record.after) - median(record.before)),
    error: octets(spread(record.before) + spread(record.after) + UNREST),
  };
}

/** KiB by which the rest of a quiet machine changes the slabs meanwhile. */
const UNREST = 2048;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

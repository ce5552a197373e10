// What a look costs as the population grows, and what an entry weighs, worked out from the readings that the evidence keeps.

import type { GrowthRecord, MemoryRecord } from "../evidence/growth.ts";

export interface CostCurve {
  readonly witness: string;
  /** The least that a look took at so many entries, ms. */
  readonly points: readonly (readonly [entries: number, milliseconds: number])[];
  /** b of a + c·entries^b, the processor's time of a look, from the two largest populations above the smallest: 1 is linear. */
  readonly exponent?: number;
}

export function costCurves({ costs }: GrowthRecord): readonly CostCurve[] {
  const witnesses = [...new Set(costs.map(({ witness }) => witness))];
  return witnesses.map((witness) => {
    const own = costs
      .filter((cost) => cost.witness === witness && cost.took.length > 0)
      .sort((a, b) => a.entries - b.entries);
    const points = own.map(({ entries, took }) => [entries, Math.min(...took)] as const);
    const exponent = exponentOf(own.map(({ entries, processor }) => [entries, Math.min(...processor)] as const));
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

/**
 * Of one TIME_WAIT, or of one end of a connection; undefined where it was not weighed. The median of equal steps: what
 * else the machine did meanwhile fell into few of them.
 */
export function weightOf({ memory }: GrowthRecord, of: MemoryRecord["of"]): Weight | undefined {
  const record = memory.find((one) => one.of === of);
  if (record === undefined || record.slab.length < 3) return undefined;
  const pieces = (record.count * (of === "connection" ? 2 : 1)) / (record.slab.length - 1);
  const steps = record.slab
    .slice(1)
    .map((reading, index) => ((reading - (record.slab[index] ?? 0)) * OCTETS_IN_KIB) / pieces)
    .sort((a, b) => a - b);
  const at = (share: number) => steps[Math.floor(share * (steps.length - 1))] ?? Number.NaN;
  return { each: at(0.5), error: (at(0.75) - at(0.25)) / 2 };
}

const OCTETS_IN_KIB = 1024;

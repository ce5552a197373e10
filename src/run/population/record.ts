// Brings a watched population into the rows that the evidence keeps.

import type { PopulationRecord } from "../../evidence/population.ts";
import type { Census, Look } from "./census.ts";

/** Entries of one batch went to TIME_WAIT between two instants of performance.now. */
export interface Batch {
  from: number;
  to: number;
  count: number;
}

/** Milliseconds; of looks that nothing ended at, one in so long is kept for the curve of survivors. */
const KEPT_EVERY = 500;
const MICROSECONDS = 1000;

export function recordOf(
  census: Census,
  batches: readonly Batch[],
  batchSize: number,
): Pick<PopulationRecord, "starts" | "looks" | "ended" | "unseen" | "standing"> {
  const origin = batches[0]?.to ?? 0;
  const { looks } = census;
  const ended = new Map<string, [batch: number, look: number, count: number]>();
  let [unseen, standing] = [0, 0];
  census.forEach((index, lastSeen) => {
    if (lastSeen === undefined) unseen++;
    else if (lastSeen === looks.length - 1) standing++;
    else {
      const batch = Math.floor(index / batchSize);
      const cell = ended.get(`${batch} ${lastSeen}`);
      if (cell === undefined) ended.set(`${batch} ${lastSeen}`, [batch, lastSeen + 1, 1]);
      else cell[2]++;
    }
  });
  const cells = [...ended.values()];
  const kept = keptLooks(looks, new Set(cells.map(([, look]) => look)));
  const place = new Map(kept.map((look, index) => [look, index]));
  const since = (instant: number) => Math.round((instant - origin) * MICROSECONDS) / MICROSECONDS;
  return {
    starts: batches.map(({ from, to, count }) => [since(from), since(to), count]),
    looks: kept.map((number) => {
      const { from, to, standing: seen, atZero, least, most } = looks[number] as Look;
      return [since(from), since(to), seen, atZero, least, most];
    }),
    ended: cells.map(([batch, look, count]) => [batch, place.get(look) ?? 0, count]),
    unseen,
    standing,
  };
}

/** Numbers of the looks that something ended at, of those just before, and of some between. */
function keptLooks(looks: readonly Look[], ends: ReadonlySet<number>): readonly number[] {
  const kept: number[] = [];
  let last = Number.NEGATIVE_INFINITY;
  looks.forEach(({ from }, number) => {
    const needed = ends.has(number) || ends.has(number + 1);
    if (!needed && from - last < KEPT_EVERY && number !== looks.length - 1) return;
    kept.push(number);
    last = from;
  });
  return kept;
}

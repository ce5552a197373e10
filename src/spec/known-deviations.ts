// Where Linux is known to do otherwise than the documents say, and why: a deviation that is not in this list is a surprise.

import type { Cell } from "./segment-cells.ts";

export interface KnownDeviation {
  readonly id: string;
  readonly holds: (cell: Cell) => boolean;
  /** What Linux does instead, where its source says so, and why. */
  readonly reason: string;
}

export const KNOWN_DEVIATIONS: readonly KnownDeviation[] = [];

export const deviationOf = (cell: Cell): KnownDeviation | undefined =>
  KNOWN_DEVIATIONS.find(({ holds }) => holds(cell));

// The tables of the matrix: one for each situation, family, and with or without timestamps; a scene of the lab plays one.

import type { Family } from "../../tcp/segment.ts";
import {
  type Cell,
  cellsOf,
  SITUATION_NAMES,
  type SituationName,
  TIMESTAMPED,
  timestampedCellsOf,
} from "./segment-cells.ts";

export interface CellTable {
  readonly situation: SituationName;
  readonly family: Family;
  readonly timestamps: boolean;
}

export const CELL_TABLES: readonly CellTable[] = (["ipv4", "ipv6"] as const).flatMap((family) => [
  ...SITUATION_NAMES.map((situation) => ({ situation, family, timestamps: false })),
  ...TIMESTAMPED.map((situation) => ({ situation, family, timestamps: true })),
]);

/** "time-wait-ipv6-timestamps": the id of its scene. */
export const nameOfTable = ({ situation, family, timestamps }: CellTable): string =>
  `${situation}-${family}${timestamps ? "-timestamps" : ""}`;

export const tableNamed = (name: string): CellTable | undefined =>
  CELL_TABLES.find((table) => nameOfTable(table) === name);

export const cellsOfTable = ({ situation, timestamps }: CellTable): readonly Cell[] =>
  timestamps ? timestampedCellsOf(situation) : cellsOf(situation);

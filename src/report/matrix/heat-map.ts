// The heat map: situations down, segments across, each square split by the place of the sequence number.

import {
  PLACES,
  type Place,
  SEGMENT_NAMES,
  type SegmentName,
  SITUATION_NAMES,
  SITUATIONS,
  type SituationName,
} from "../../rfc-model/cells/segment-cells.ts";
import type { CellView, VerdictClass } from "./cell-view.ts";

/** Of one place of one square: every acknowledgement, timestamp and family. */
export interface CellGroup {
  /** Absent where the end has no RCV.NXT: then a square has one group. */
  readonly place?: Place;
  readonly cells: readonly CellView[];
}

export interface HeatRow {
  readonly situation: SituationName;
  readonly label: string;
  readonly squares: Readonly<Record<SegmentName, readonly CellGroup[]>>;
}

export interface HeatMap {
  readonly timestamps: boolean;
  readonly rows: readonly HeatRow[];
}

/** Without timestamps and with them; only what was played. */
export function heatMapsOf(cells: readonly CellView[]): readonly HeatMap[] {
  return [false, true].flatMap((timestamps) => {
    const own = cells.filter(({ table }) => table.timestamps === timestamps);
    const rows = SITUATION_NAMES.flatMap((situation) => rowOf(situation, own));
    return rows.length === 0 ? [] : [{ timestamps, rows }];
  });
}

function rowOf(situation: SituationName, cells: readonly CellView[]): readonly HeatRow[] {
  const own = cells.filter(({ cell }) => cell.situation === situation);
  if (own.length === 0) return [];
  const squares = Object.fromEntries(
    SEGMENT_NAMES.map((name) => [name, cellGroupsOf(own.filter(({ cell }) => cell.segment === name))]),
  );
  return [{ situation, label: labelOf(situation), squares: squares as HeatRow["squares"] }];
}

function cellGroupsOf(cells: readonly CellView[]): readonly CellGroup[] {
  if (cells.some(({ cell }) => cell.place === undefined)) return [{ cells }];
  return PLACES.map((place) => ({ place, cells: cells.filter(({ cell }) => cell.place === place) }));
}

/** Which of several ways into the same state. */
const WAY: Readonly<Partial<Record<SituationName, string>>> = {
  "syn-rcvd-crossing": "crossing",
  "time-wait-from-closing": "from CLOSING",
  "time-wait-from-fin-wait-1": "from FIN_WAIT_1",
};

const labelOf = (situation: SituationName): string => {
  const way = WAY[situation];
  return way === undefined ? SITUATIONS[situation].state : `${SITUATIONS[situation].state} ${way}`;
};

/** all: every cell of the group; some: one at least, the others conform. */
export type CellGroupTone = VerdictClass | "some-deviation";

export function toneOf({ cells }: CellGroup): CellGroupTone | undefined {
  const classes = new Set(cells.map(({ verdictClass }) => verdictClass));
  if (classes.size === 0) return undefined;
  if (classes.has("surprise")) return "surprise";
  if (classes.has("open")) return "open";
  if (!classes.has("deviation")) return "conforms";
  return classes.has("conforms") ? "some-deviation" : "deviation";
}

export const SYMBOL: Readonly<Record<CellGroupTone, string>> = {
  conforms: "·",
  "some-deviation": "d",
  deviation: "D",
  surprise: "!",
  open: "?",
};

export const TONE_WORDS: Readonly<Record<CellGroupTone, string>> = {
  conforms: "as the RFCs say",
  "some-deviation": "in part a known deviation",
  deviation: "a known deviation of Linux",
  surprise: "a surprise",
  open: "not seen",
};

export const captionOf = ({ timestamps }: HeatMap): string =>
  timestamps ? "With timestamps agreed on (RFC 7323)" : "Without timestamps";

export const LEGEND =
  "· as the RFCs say, D a known deviation of Linux, d one with some of the acknowledgements (or timestamps) only, ! a surprise, ? not seen. " +
  "The five signs of a square are the places of the sequence number: before the window, at RCV.NXT, in the middle, the last number of the window, the first past it.";

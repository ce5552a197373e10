// A documented path: the document's own table of client state, segment and server state, row by row.

import { ENDS, type End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
import type { SceneClaim } from "./claim.ts";

export interface StateRow {
  readonly id: string;
  readonly client?: TcpState;
  readonly server?: TcpState;
  /** The step after which the row must be true. */
  readonly after: string;
  /** What the row leaves unsaid, where the document needs it to be right. */
  readonly condition?: string;
}

export interface SegmentRow {
  readonly id: string;
  readonly from: End;
  /** "SYN ACK" */
  readonly segment: string;
  readonly seq: number;
  readonly ack?: number;
  /** Which one, where the same end sends these flags more than once. */
  readonly nth?: number;
  /** As of a state row. */
  readonly condition?: string;
}

export type PathRow = StateRow | SegmentRow;

export interface DocumentedPath {
  readonly title: string;
  readonly cite: string;
  /** Whether the document counts from the initial numbers or gives the numbers on the wire. */
  readonly numbers: "relative" | "raw";
  readonly rows: readonly PathRow[];
}

export const isSegmentRow = (row: PathRow): row is SegmentRow => "segment" in row;

/** The id of the claim that judges one end's state in a row. */
export const stateClaimId = (row: StateRow, end: End): string => `${row.id}-${end}`;

/** Every row as claims: one for a segment, one for each end's state. */
export function claimsOfPath(path: DocumentedPath): readonly SceneClaim[] {
  return path.rows.flatMap((row) => (isSegmentRow(row) ? [segmentClaim(path, row)] : stateClaims(path, row)));
}

function segmentClaim(path: DocumentedPath, row: SegmentRow): SceneClaim {
  const ack = row.ack === undefined ? "" : ` ack=${row.ack}`;
  return {
    id: row.id,
    claim: `The ${row.from} sends ${row.segment} seq=${row.seq}${ack}.`,
    source: "document",
    cite: path.cite,
    ...(row.condition !== undefined && { condition: row.condition }),
    documented: { kind: "segment", value: `${row.from} ${row.segment} seq=${row.seq}${ack}` },
    ask: {
      what: "segment",
      pick: { end: row.from, flags: row.segment, ...(row.nth !== undefined && { nth: row.nth }) },
      fields: row.ack === undefined ? ["seq"] : ["seq", "ack"],
      numbers: path.numbers,
    },
  };
}

function stateClaims(path: DocumentedPath, row: StateRow): readonly SceneClaim[] {
  return ENDS.flatMap((end) => {
    const state = row[end];
    if (state === undefined) return [];
    return [
      {
        id: stateClaimId(row, end),
        claim: `After "${row.after}" the ${end} is in ${state}.`,
        source: "document",
        cite: path.cite,
        ...(row.condition !== undefined && { condition: row.condition }),
        documented: { kind: "state", value: state },
        ask: { what: "state", end, after: row.after },
      },
    ] as const;
  });
}

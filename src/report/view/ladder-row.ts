// The document's table of states and segments, row by row, with what became of each row's claims.

import { type DocumentedPath, isSegmentRow, type PathRow, stateClaimId } from "../../claims/path.ts";
import { ENDS, type End } from "../../tcp/end.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";

export interface LadderRow {
  readonly client: string;
  readonly server: string;
  readonly segment?: { readonly from: End; readonly text: string };
  /** One for a segment, one for each end whose state the row names. */
  readonly judged: readonly JudgedClaim[];
}

/** `claims`: those of the scene; what a document left without a verdict stands without one. */
export function ladderRows(path: DocumentedPath, claims: readonly JudgedClaim[]): readonly LadderRow[] {
  return path.rows.map((row) => ({
    ...described(row),
    judged: claimIds(row).flatMap((id) => claims.find((claim) => claim.id.endsWith(`.${claim.scene}.${id}`)) ?? []),
  }));
}

/** The local ids of the claims that a row became. */
export const claimIds = (row: PathRow): readonly string[] =>
  isSegmentRow(row) ? [row.id] : ENDS.filter((end) => row[end] !== undefined).map((end) => stateClaimId(row, end));

function described(row: PathRow): Omit<LadderRow, "judged"> {
  if (!isSegmentRow(row)) return { client: row.client ?? "", server: row.server ?? "" };
  const ack = row.ack === undefined ? "" : ` ack=${row.ack}`;
  return { client: "", server: "", segment: { from: row.from, text: `${row.segment} seq=${row.seq}${ack}` } };
}

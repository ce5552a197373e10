// cells.csv: the matrix cell by cell, for a spreadsheet or a program (RFC 4180).

import { SEGMENTS } from "../../rfc-model/cells/segment-cells.ts";
import { type CellView, deviationOf, formatLook } from "./cell-view.ts";

const HEAD = [
  "family",
  "timestamps agreed on",
  "situation",
  "state",
  "segment",
  "place",
  "acknowledgement",
  "timestamp",
  "documented",
  "cite",
  "seen",
  "state after",
  "fares",
  "deviation",
  "verdict",
  "expected",
  "witnesses",
  "claim",
] as const;

export const cellsCsv = (cells: readonly CellView[]): string =>
  [HEAD, ...cells.map(rowOf)].map((row) => `${row.map(quoted).join(",")}\r\n`).join("");

function rowOf(view: CellView): readonly string[] {
  const { table, cell, state, documented, verdictClass, raw } = view;
  return [
    table.family,
    table.timestamps ? "yes" : "no",
    cell.situation,
    state,
    `${SEGMENTS[cell.segment].flags}${SEGMENTS[cell.segment].payload === "" ? "" : " with one octet"}`,
    cell.place ?? "",
    cell.acknowledgement ?? "",
    cell.timestamp ?? "",
    String(documented.documented.value),
    documented.cite,
    String(documented.seen?.value ?? ""),
    formatLook(raw.after),
    verdictClass,
    deviationOf(view) ?? "",
    documented.verdict,
    documented.expected,
    documented.witnesses.join(" "),
    documented.id,
  ];
}

/** A spreadsheet must not take what begins like a formula for one. */
function quoted(field: string): string {
  const harmless = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

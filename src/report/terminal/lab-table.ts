// Several labs' verdicts in one table on the terminal.

import Table from "cli-table3";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { painted, type TerminalStyle } from "./style.ts";

export interface LabRow {
  readonly lab: string;
  /** The exit status of its process. */
  readonly status: number;
  readonly seconds: number;
  /** Absent where the lab came to none. */
  readonly verdict?: VerdictDocument;
  readonly folder?: string;
}

const HEAD = ["lab", "claims", "conform", "contradict", "open", "surprises", "status", "time"];

export function drawLabTable(rows: readonly LabRow[], style: TerminalStyle): string {
  const drawn = new Table({
    head: HEAD,
    style: { head: [], border: [] },
    colAligns: HEAD.map((_, column) => (column === 0 ? "left" : "right")),
  });
  for (const row of rows) drawn.push(cells(row));
  const told = rows.flatMap(({ lab, verdict }) =>
    surprisesAmong(verdict?.claims ?? []).map(({ claim, verdict: one }) => `${lab}: ${one}: ${claim}`),
  );
  const surprises = told.length === 0 ? [] : [painted("Surprises", "bold", style), ...told];
  return [drawn.toString(), ...surprises].join("\n");
}

function cells({ lab, status, seconds, verdict }: LabRow): string[] {
  const time = `${seconds.toFixed(1)} s`;
  if (verdict === undefined) return [lab, "–", "–", "–", "–", "–", `${status}`, time];
  const { conforms, contradicts, disagree, unwitnessed, unsupported, surprises } = verdict.summary;
  const open = disagree + unwitnessed + unsupported;
  return [lab, verdict.claims.length, conforms, contradicts, open, surprises, status].map(String).concat(time);
}

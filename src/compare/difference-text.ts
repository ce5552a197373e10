// What differs between two runs, for a terminal: a table each for claims, sysctls and segments.

import Table from "cli-table3";
import { printable } from "../report/printable.ts";
import type { TerminalStyle } from "../report/terminal-style.ts";
import type { ComparedRun, RunDifference, SegmentDifference, SysctlDifference } from "./run-difference.ts";

type Row = readonly string[];

/** Rows of each table; --json has all. */
const LIMIT = 60;
const NOTHING = "–";

export function spellDifference(a: ComparedRun, b: ComparedRun, found: RunDifference, style: TerminalStyle): string {
  const name = ({ verdict: { run } }: ComparedRun) => printable(`${run.lab}, run ${run.id}, ${run.kernel}`);
  const claims = found.claims.map(({ id, a: one, b: other }) => [id, one ?? NOTHING, other ?? NOTHING]);
  const parts = [
    `a: ${name(a)}`,
    `b: ${name(b)}`,
    part("Claims", ["claim", "a", "b"], claims, style),
    part("Sysctls", ["sysctl", "scene", "a", "b"], sysctlRows(found.sysctls), style),
    part("Segments", ["scene", "only in", "frames", "segment"], segmentRows(found.segments), style),
  ];
  return `${parts.join("\n")}\n`;
}

/** What was set alike in several scenes is one row. */
function sysctlRows(sysctls: readonly SysctlDifference[]): readonly Row[] {
  const scenes = new Map<string, string[]>();
  for (const { name, scene, a = NOTHING, b = NOTHING } of sysctls) {
    const key = JSON.stringify([name, a, b]);
    scenes.set(key, [...(scenes.get(key) ?? []), scene ?? "all"]);
  }
  return [...scenes].map(([key, own]) => {
    const [name, a, b] = JSON.parse(key) as [string, string, string];
    return [name, own.length === 1 ? (own[0] ?? "") : `${own.length} scenes`, a, b];
  });
}

/** Segments of one scene that read the same are one row. */
function segmentRows(segments: readonly SegmentDifference[]): readonly Row[] {
  const alike = new Map<string, SegmentDifference[]>();
  for (const one of segments) {
    const key = JSON.stringify([one.scene, one.only, one.segment]);
    alike.set(key, [...(alike.get(key) ?? []), one]);
  }
  return [...alike.values()].map((own) => {
    const [{ scene, only, segment, frame } = own[0] as SegmentDifference] = own;
    return [scene, only, own.length === 1 ? `${frame}` : `${frame}, … (${own.length})`, segment];
  });
}

function part(title: string, head: Row, rows: readonly Row[], { columns }: TerminalStyle): string {
  if (rows.length === 0) return `\n${title}: no difference.`;
  const table = new Table({
    head: [...head],
    colWidths: [...widthsFor(head, rows, columns)],
    wordWrap: true,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows.slice(0, LIMIT)) table.push(row.map(printable));
  const more = rows.length > LIMIT ? `\n… ${rows.length - LIMIT} more (--json has all)` : "";
  return `\n${title} that differ:\n${table.toString()}${more}`;
}

const PADDING = 2;

/** Each as wide as it needs, the widest giving way where the terminal is too narrow. */
function widthsFor(head: Row, rows: readonly Row[], columns: number): readonly number[] {
  const widths = head.map(
    (title, index) => PADDING + Math.max(title.length, ...rows.slice(0, LIMIT).map((row) => (row[index] ?? "").length)),
  );
  const room = columns - head.length - 1;
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

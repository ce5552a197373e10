// What differs between two runs, for a terminal: a table each for claims, segments and sysctls.

import Table from "cli-table3";
import { printable } from "../report/printable.ts";
import type { TerminalStyle } from "../report/terminal-style.ts";
import type { ComparedRun, RunDifference } from "./run-difference.ts";

/** Rows of each table; --json has all. */
const LIMIT = 60;
const NOTHING = "–";

export function spellDifference(a: ComparedRun, b: ComparedRun, found: RunDifference, style: TerminalStyle): string {
  const parts = [
    ...[a, b].map(
      ({ verdict: { run } }, index) =>
        `${index === 0 ? "a" : "b"}: ${printable(`${run.lab}, run ${run.id}, ${run.kernel}`)}`,
    ),
    part(
      "Claims",
      ["claim", "a", "b"],
      found.claims.map(({ id, a: one, b: other }) => [id, one ?? NOTHING, other ?? NOTHING]),
      style,
    ),
    part(
      "Segments",
      ["scene", "only in", "frame", "segment"],
      found.segments.map(({ scene, only, frame, segment }) => [scene, only, String(frame), segment]),
      style,
    ),
    part(
      "Sysctls",
      ["sysctl", "scene", "a", "b"],
      found.sysctls.map(({ name, scene, a: one, b: other }) => [
        name,
        scene ?? "all",
        one ?? NOTHING,
        other ?? NOTHING,
      ]),
      style,
    ),
  ];
  return `${parts.join("\n")}\n`;
}

function part(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { columns }: TerminalStyle,
): string {
  if (rows.length === 0) return `\n${title}: no difference.`;
  const widths = widthsFor(head, rows, columns);
  const table = new Table({
    head: [...head],
    colWidths: [...widths],
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows.slice(0, LIMIT)) table.push(row.map(printable));
  const more = rows.length > LIMIT ? `\n… ${rows.length - LIMIT} more (--json has all)` : "";
  return `\n${title}: ${rows.length} differ.\n${table.toString()}${more}`;
}

const PADDING = 2;

/** Each as wide as it needs, the widest giving way where the terminal is too narrow. */
function widthsFor(head: readonly string[], rows: readonly (readonly string[])[], columns: number): readonly number[] {
  const widths = head.map(
    (title, index) => PADDING + Math.max(title.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const room = columns - head.length - 1;
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

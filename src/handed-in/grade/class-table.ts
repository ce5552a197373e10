// What an instructor reads of a class on the terminal: a row for every run, then whatever needs a second look.

import Table from "cli-table3";
import type { Complaint } from "../../audit/complaint.ts";
import { wrap } from "../../report/terminal/columns.ts";
import { type Paint, painted, type TerminalStyle } from "../../report/terminal/style.ts";
import { formatSeen, formatValue } from "../../report/view/format.ts";
import { printable } from "../../report/view/printable.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { exitOf, isRefusal, type Judged, type Judgement } from "../judge-bundle.ts";
import type { SharedEvidence } from "../shared-evidence.ts";

/** Of each run: what fits on a screen; --json has all. */
const SHOWN = 5;
const GROUPS_SHOWN = 40;
const NAMES_SHOWN = 12;
const NAME_COLUMNS = 30;

const HEAD = ["run", "student", "lab", "surprises", "open", "result"];

interface Row {
  readonly cells: readonly string[];
  readonly paint: Paint;
  readonly remarks: readonly string[];
}

/** Keeps a row and a few sentences of every run. */
export class ClassTable {
  private readonly rows: Row[] = [];
  private readonly statuses: number[] = [];

  add(judged: Judged): void {
    this.rows.push(rowOf(judged));
    this.statuses.push(exitOf(judged));
  }

  format(sharing: readonly SharedEvidence[], style: TerminalStyle): string {
    const table = new Table({ head: HEAD, style: { head: [], border: [], compact: true } });
    for (const { cells, paint } of this.rows)
      table.push(cells.map((cell, index) => (index === HEAD.length - 1 ? painted(cell, paint, style) : cell)));
    const remarks = this.rows.flatMap((row) => row.remarks).map((line) => wrap(line, style.columns, "", "  "));
    return `${[table.toString(), ...remarks, ...renderSharing(sharing, style), this.sum()].join("\n")}\n`;
  }

  private sum(): string {
    const count = (status: number) => this.statuses.filter((one) => one === status).length;
    const parts = [
      [count(0), "as expected"],
      [count(1), "with surprises or evidence that does not fit together"],
      [count(2), "with something left open"],
      [count(3), "refused"],
    ] as const;
    const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
    return `\n${this.statuses.length} judged: ${told.join(", ")}.`;
  }
}

function rowOf(judged: Judged): Row {
  const name = printable(judged.name);
  if (isRefusal(judged))
    return {
      cells: [shortName(name), "", "", "", "", "refused"],
      paint: "red",
      remarks: [`✘ ${name}: ${printable(judged.refused)}`],
    };
  const { verdict, complaints, exit } = judged;
  const { unwitnessed, unsupported, surprises } = verdict.summary;
  return {
    cells: [
      shortName(name),
      verdict.run.student ?? "",
      verdict.run.lab,
      String(surprises),
      String(unwitnessed + unsupported),
      complaints.length > 0 ? "does not fit" : (["as expected", "a surprise", "left open"] as const)[exit],
    ],
    paint: (["green", "red", "dim"] as const)[exit],
    remarks: remarksOn(judged),
  };
}

function remarksOn(judgement: Judgement): readonly string[] {
  const { name, complaints, remarks, exit } = judgement;
  const told = [
    ...remarks.map((text) => `  ${text}`),
    ...(exit === 1 ? [...renderSurprises(judgement), ...renderComplaints(complaints)] : []),
  ];
  return told.length === 0 ? [] : [`${exit === 1 ? "✘" : "·"} ${printable(name)}:`, ...told];
}

const shortName = (name: string): string => (name.length <= NAME_COLUMNS ? name : `…${name.slice(1 - NAME_COLUMNS)}`);

function renderSurprises({ verdict }: Judgement): readonly string[] {
  const surprises = surprisesAmong(verdict.claims).map(
    (claim) =>
      `  ${claim.id}: ${claim.verdict}; documented ${formatValue(claim.documented)}, seen ${formatSeen(claim)}`,
  );
  return shortened(surprises, "surprises");
}

const renderComplaints = (complaints: readonly Complaint[]): readonly string[] =>
  shortened(
    complaints.map(({ check, text }) => `  ${check}: ${printable(text)}`),
    "complaints",
  );

const shortened = (lines: readonly string[], what: string): readonly string[] =>
  lines.length <= SHOWN
    ? lines
    : [...lines.slice(0, SHOWN), `  … ${lines.length - SHOWN} more ${what} (--json has all)`];

function renderSharing(sharing: readonly SharedEvidence[], { columns }: TerminalStyle): readonly string[] {
  if (sharing.length === 0) return [];
  const told = sharing.slice(0, GROUPS_SHOWN).map(({ runs, shared }) => {
    const what = Object.entries(shared).map(([kind, count]) => `${count} ${SPELLED[kind as keyof typeof SPELLED]}`);
    return wrap(`  ${listed(runs.map(printable))}: ${what.join(", ")}`, columns, "", "    ");
  });
  const left = sharing.length - GROUPS_SHOWN;
  const more = left > 0 ? [`  … ${left} more groups (--json has all)`] : [];
  return ["\nThese share evidence that chance does not give twice:", ...told, ...more];
}

/** "ada, bob and eve" */
function listed(names: readonly string[]): string {
  const left = names.length - NAMES_SHOWN;
  if (left > 1) return `${names.slice(0, NAMES_SHOWN).join(", ")} and ${left} more (--json has all)`;
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const SPELLED = {
  number: "equal random initial numbers",
  instant: "equal times to the nanosecond",
  gap: "equal gaps to the nanosecond",
  payload: "equal personal payload",
} as const;

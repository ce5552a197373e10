// A course's grade book as CSV (RFC 4180): a row for every run.

import { exitOf, isRefusal, type Judged } from "../judge-bundle.ts";
import type { GradeFormat } from "./format.ts";
import { gradeOf } from "./points.ts";
import type { Rubric } from "./rubric.ts";

const COLUMNS = [
  "file", "student", "nonce", "lab", "run", "started", "kernel", "points", "of", "conforms", "contradicts", "disagree",
  "unwitnessed", "unsupported", "surprises", "consistent", "status", "remark",
] as const; // biome-ignore format: one list
type Row = Readonly<Partial<Record<(typeof COLUMNS)[number], string | number>>>;

const LINE_END = "\r\n";

export function csvFormat(rubric: Rubric | undefined): GradeFormat {
  return {
    begin: COLUMNS.join(",") + LINE_END,
    add: (judged) => format(rowOf(judged, rubric)),
    end: () => "",
  };
}

function rowOf(judged: Judged, rubric: Rubric | undefined): Row {
  const place = { file: judged.name, status: exitOf(judged) };
  if (isRefusal(judged)) return { ...place, remark: judged.refused };
  const { verdict, complaints } = judged;
  const { run, summary } = verdict;
  const { earned, possible } = gradeOf(judged, rubric);
  return {
    ...place,
    ...summary,
    student: run.student ?? "",
    nonce: run.nonce ?? "",
    lab: run.lab,
    run: run.id,
    started: run.startedAt,
    kernel: run.kernel,
    points: earned,
    of: possible,
    consistent: complaints.length === 0 ? "yes" : "no",
    remark: complaints[0]?.text ?? "",
  };
}

const format = (row: Row): string => COLUMNS.map((name) => cell(row[name] ?? "")).join(",") + LINE_END;

/** What a spreadsheet would take for a formula is made a text by an apostrophe (OWASP, CSV injection). */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

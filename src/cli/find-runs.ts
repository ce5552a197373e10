// The runs in a results folder: every <lab>/<run>/ that has a verdict.json.

import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import type { RunEntry } from "../report/html/index-page.tsx";
import type { VerdictDocument } from "../verdict/document-schema.ts";

/** The latest first. What is no run, or cannot be read, is passed over. */
export function findRuns(out: string): readonly RunEntry[] {
  const found = foldersIn(out).flatMap((lab) =>
    foldersIn(join(out, lab)).flatMap((run) => entryOf(out, `${lab}/${run}`)),
  );
  return found.sort((a, b) => b.verdict.run.startedAt.localeCompare(a.verdict.run.startedAt));
}

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name);

function entryOf(out: string, folder: string): readonly RunEntry[] {
  try {
    const verdict = JSON.parse(readFileSync(join(out, folder, "verdict.json"), "utf8")) as VerdictDocument;
    const question = questionIn(join(out, folder, "timeline.jsonl"));
    return [
      { folder, verdict, files: readdirSync(join(out, folder)).sort(), ...(question !== undefined && { question }) },
    ];
  } catch {
    return [];
  }
}

/** Enough for the timeline's first line, the note that names the run; the whole file may be large. */
const FIRST_LINE = 16_384;

/** "handshake: Which segments open a connection?": the text of the first note, without the lab's name. */
function questionIn(timeline: string): string | undefined {
  const head = Buffer.alloc(FIRST_LINE);
  const file = openSync(timeline, "r");
  try {
    const read = readSync(file, head, 0, FIRST_LINE, 0);
    const [first = ""] = head.toString("utf8", 0, read).split("\n");
    const { text } = JSON.parse(first) as { text?: unknown };
    return typeof text === "string" ? text.slice(text.indexOf(": ") + 2) : undefined;
  } finally {
    closeSync(file);
  }
}

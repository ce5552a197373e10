// The runs in a results folder: every <lab>/<run>/ that has a verdict.json.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEntry } from "../report/index-page.ts";
import type { VerdictDocument } from "../verdict/document.ts";

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
    return [{ folder, verdict, files: readdirSync(join(out, folder)) }];
  } catch {
    return [];
  }
}

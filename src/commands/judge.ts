// Judges recorded runs again, from timeline.jsonl and capture.pcapng alone. Loads no koffi: it runs on an instructor's Mac.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { closest } from "../closest.ts";
import { EvidenceError, readTimeline } from "../evidence/timeline-file.ts";
import { claimsOf } from "../lab.ts";
import type { VerdictDocument } from "../verdict/document.ts";
import { runNote, verdictDocumentOf } from "../verdict/verdict-document.ts";
import { findLab, labNames } from "./find-lab.ts";
import { sha256 } from "./results.ts";

/** The worst status of the folders. */
export async function judgeFolders(folders: readonly string[]): Promise<number> {
  let worst = 0;
  for (const folder of folders) {
    const verdict = await judgeFolder(folder);
    process.stdout.write(`${JSON.stringify(verdict, null, 2)}\n`);
    worst = Math.max(worst, verdict.exit);
  }
  return worst;
}

export async function judgeFolder(folder: string): Promise<VerdictDocument> {
  const timeline = read(folder, "timeline.jsonl");
  const capture = read(folder, "capture.pcapng");
  const lines = readTimeline(timeline.toString("utf8"));
  const { lab } = runOf(folder, lines).identity;
  if (!labNames().includes(lab)) {
    const nearest = closest(lab, labNames());
    throw new EvidenceError(
      `${folder}: judging a run of lab "${lab}": no such lab here${nearest ? `: is it "${nearest}"?` : ""}`,
    );
  }
  return verdictDocumentOf(claimsOf(await findLab(lab)), lines, {
    timeline: sha256(timeline),
    capture: sha256(capture),
  });
}

function runOf(folder: string, lines: Parameters<typeof runNote>[0]) {
  try {
    return runNote(lines);
  } catch (error) {
    throw new EvidenceError(`${folder}: ${(error as Error).message}`);
  }
}

function read(folder: string, name: string): Buffer {
  try {
    return readFileSync(join(folder, name));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new EvidenceError(
      `${folder}: reading ${name}: ${code}: give the folder of one run, like results/handshake/<run>`,
    );
  }
}

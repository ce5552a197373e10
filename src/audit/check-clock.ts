// Whether the times can be true: what was written down one after the other happened so, and what was sent was sent before it was read.

import { isNoteOf } from "../evidence/notes.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { type Complaint, complaint } from "./complaint.ts";

/** Milliseconds by which the realtime clock may be set while a run lasts, and two processors may differ. */
const TOLERANCE_MS = 2;
/** Between the start of the program and its first line: modules are loaded, capabilities probed. */
const START_MS = 60_000;

/** Milliseconds since 1970; 2^53 ns are 104 days, so nanoseconds are given up here. */
export const milliseconds = (at: string): number => Number(at.slice(0, -10)) * 1000 + Number(at.slice(-9)) / 1e6;

export function checkClock(lines: readonly TimelineLine[], startedAt: string): readonly Complaint[] {
  const times = lines.map(({ at }) => milliseconds(at));
  return [...checkStart(lines, startedAt), ...checkWriting(lines, times), ...checkSending(lines, times)];
}

function checkStart([first]: readonly TimelineLine[], startedAt: string): readonly Complaint[] {
  if (first === undefined) return [];
  const after = milliseconds(first.at) - Date.parse(startedAt);
  if (after > -TOLERANCE_MS && after < START_MS) return [];
  return [
    complaint(
      "clock",
      `the run says that it started at ${startedAt}, its first line is of ${new Date(milliseconds(first.at)).toISOString()}`,
    ),
  ];
}

/** All but the kernel's segments are written down as they happen. */
function checkWriting(lines: readonly TimelineLine[], times: readonly number[]): readonly Complaint[] {
  const complaints: Complaint[] = [];
  let before = -Infinity;
  for (const [index, line] of lines.entries()) {
    if (isOfTheTape(line)) continue;
    const at = times[index] as number;
    if (at < before - TOLERANCE_MS)
      complaints.push(
        complaint("clock", `${line.id} is ${(before - at).toFixed(3)} ms earlier than what was written before it`),
      );
    before = at;
  }
  return complaints;
}

/** The kernel's segments carry the tape's time: after their scene began, before the next line was written, in the order they were sent. */
function checkSending(lines: readonly TimelineLine[], times: readonly number[]): readonly Complaint[] {
  const complaints: Complaint[] = [];
  const begun = new Map<string, number>();
  const scenes = new Map<string, Map<number, number>>();
  const deadlines = deadlinesOf(lines, times);
  for (const [index, line] of lines.entries()) {
    const at = times[index] as number;
    if (isNoteOf(line, "scene") && line.scene !== undefined) begun.set(line.scene, at);
    if (!isOfTheTape(line)) continue;
    const sent = scenes.get(line.scene) ?? new Map<number, number>();
    scenes.set(line.scene, sent);
    const stream = line.from.port * 0x10000 + line.to.port;
    const told = `${line.id} (frame ${line.frame})`;
    if (at < (begun.get(line.scene) ?? at) - TOLERANCE_MS)
      complaints.push(complaint("clock", `${told} was sent before its scene began`));
    if (at > (deadlines[index] as number) + TOLERANCE_MS)
      complaints.push(complaint("clock", `${told} was written down before it was sent`));
    if (at < (sent.get(stream) ?? at) - TOLERANCE_MS)
      complaints.push(complaint("clock", `${told} was sent before what the same end sent before it`));
    sent.set(stream, at);
  }
  return complaints;
}

/** Of each line, when the next was written that the tape did not tell of. */
function deadlinesOf(lines: readonly TimelineLine[], times: readonly number[]): ArrayLike<number> {
  const deadlines = new Float64Array(lines.length);
  let next = Infinity;
  for (let index = lines.length - 1; index >= 0; index--) {
    if (!isOfTheTape(lines[index] as TimelineLine)) next = times[index] as number;
    deadlines[index] = next;
  }
  return deadlines;
}

const isOfTheTape = (line: TimelineLine): line is SegmentLine => line.type === "segment" && line.origin === "kernel";

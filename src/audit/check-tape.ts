// Whether a scene has as many segments as its note on the tape says, which the kernel counts as it says, and whether that note may call the tape complete.

import { CountedFrames } from "../evidence/counted-frames.ts";
import { isNoteOf } from "../evidence/notes.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { Note, TimelineLine } from "../evidence/timeline.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { settingsOf } from "./scene-setting.ts";

export function checkTape(lines: readonly TimelineLine[]): readonly Complaint[] {
  const settings = settingsOf(lines);
  const sent = new Map<string | undefined, CountedFrames>();
  for (const line of lines) {
    if (line.type !== "segment" || line.origin !== "kernel") continue;
    const counted = sent.get(line.scene) ?? new CountedFrames();
    sent.set(line.scene, counted);
    counted.take(line);
  }
  return lines.flatMap((line) => {
    if (!isNoteOf(line, "tape")) return [];
    const written = sent.get(line.scene) ?? new CountedFrames();
    // Of encounters only what belongs to a meeting is written down.
    const partly = factsOfMode(settings.get(line.scene ?? "")?.mode)?.tape === "meetings";
    return [...(partly ? checkPart(line, written) : checkWhole(line, written)), ...checkComplete(line)];
  });
}

const wrong = ({ id, scene }: Note, text: string): readonly Complaint[] => [
  complaint("tape", `${id}: the tape of ${scene} ${text}`),
];

function checkPart(note: Note, { frames }: CountedFrames): readonly Complaint[] {
  const held = Number(note.data?.frames);
  return frames <= held ? [] : wrong(note, `held ${held} segments, ${frames} are written down`);
}

function checkWhole(note: Note, { frames, asCounted }: CountedFrames): readonly Complaint[] {
  const { frames: held, asCounted: said } = note.data ?? {};
  if (frames !== held) return wrong(note, `held ${held} segments, ${frames} are written down`);
  if (asCounted === said) return [];
  return wrong(note, `is said to be counted by the kernel as ${said} segments, what is written down as ${asCounted}`);
}

function checkComplete(note: Note): readonly Complaint[] {
  const { complete, drops, asCounted, kernelSent } = note.data ?? {};
  if (complete !== true || (drops === 0 && asCounted === kernelSent)) return [];
  return wrong(note, "is called complete, but its counts do not match");
}

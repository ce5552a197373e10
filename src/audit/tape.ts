// Whether a scene has as many segments as its note on the tape says, and whether that note may call the tape complete.

import type { Note, TimelineLine } from "../evidence/timeline.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { settingsOf } from "./scene-setting.ts";

export function checkTape(lines: readonly TimelineLine[]): readonly Complaint[] {
  const settings = settingsOf(lines);
  const sent = new Map<string, number>();
  for (const line of lines)
    if (line.type === "segment" && line.origin === "kernel") sent.set(line.scene, (sent.get(line.scene) ?? 0) + 1);
  return lines.flatMap((line) => {
    if (line.type !== "note" || line.topic !== "tape") return [];
    // Of encounters only what belongs to a meeting is written down.
    const partly = settings.get(line.scene ?? "")?.mode === "encounters";
    return [...checkCount(line, sent.get(line.scene ?? "") ?? 0, partly), ...checkComplete(line)];
  });
}

function checkCount({ id, scene, data }: Note, written: number, partly: boolean): readonly Complaint[] {
  const frames = Number(data?.frames);
  if (partly ? written <= frames : written === frames) return [];
  return [complaint("tape", `${id}: the tape of ${scene} held ${frames} segments, ${written} are written down`)];
}

function checkComplete({ id, scene, data }: Note): readonly Complaint[] {
  if (data?.complete !== true) return [];
  if (data.drops === 0 && data.asCounted === data.kernelSent) return [];
  return [complaint("tape", `${id}: the tape of ${scene} is called complete, but its counts do not match`)];
}

// Whether the tracepoint speaks only of ends that it could hear: silence about another is no CLOSED.

import type { TimelineLine } from "../evidence/timeline.ts";
import { runNoteData } from "../evidence/timeline-schema.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { settingsOf } from "./scene-setting.ts";

/** A run that does not say what its tracepoint heard, as older ones do not, is not asked. */
export function checkHearing(lines: readonly TimelineLine[]): readonly Complaint[] {
  const [first] = lines;
  const ports = first?.type === "note" ? runNoteData.safeParse(first.data).data?.tracepoint?.ports : undefined;
  if (ports === undefined) return [];
  const isHeard = (port: number) => ports.some(([from, to]) => port >= from && port <= to);
  const settings = settingsOf(lines);
  return lines.flatMap((line) => {
    if (line.type !== "sighting" || line.witness !== "tracepoint" || line.end === undefined) return [];
    const port = settings.get(line.scene)?.[line.end].port;
    if (port === undefined || isHeard(port)) return [];
    return [complaint("raw-line", `${line.id}: the tracepoint speaks of port ${port}, of which it could hear nothing`)];
  });
}

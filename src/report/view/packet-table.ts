// Every segment of a scene with its frame number, its numbers raw and relative, and the arithmetic of its ack.

import { millisecondsBetween } from "../../evidence/instants.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { escaped, shortened, table } from "../markdown/text.ts";
import { ackEquation } from "./ack-arithmetic.ts";
import type { SceneView } from "./run-view.ts";
import { fatesOf, formatFate, formatOrigin, type SegmentFate } from "./segment-fate.ts";

/** Rows; a scene of hundreds of connections is shortened. */
const LIMIT = 60;

const HEAD = [
  "frame",
  "ms",
  "from",
  "flags",
  "seq",
  "ack",
  "rel. seq",
  "rel. ack",
  "length",
  "the ack's arithmetic",
  "fate",
];

export function packetTable(scene: SceneView): string {
  const { segments } = scene.evidence;
  const [first] = segments;
  if (first === undefined) return "No segment is on the tape of this scene.";
  const fateOf = fatesOf(scene);
  const shown = shortened(segments, LIMIT, "segments");
  const rows = (lines: readonly SegmentLine[]) => lines.map((line) => row(line, scene, first.at, fateOf(line)));
  const gap = shown.said === "" ? [] : [HEAD.map(() => "…")];
  const drawn = table(HEAD, [...rows(shown.first), ...gap, ...rows(shown.last)]);
  return shown.said === "" ? drawn : `${drawn}\n\n${shown.said}`;
}

function row(line: SegmentLine, scene: SceneView, start: string, fate: SegmentFate): readonly string[] {
  const { evidence } = scene;
  const relative = evidence.relative.get(line.id) ?? line;
  const before = evidence.segments.slice(0, evidence.segments.indexOf(line));
  const hasAck = line.flags.includes("ACK");
  return [
    `${line.frame}`,
    formatTime(start, line.at),
    line.end,
    formatFlags(line.flags),
    `${line.seq}`,
    hasAck ? `${line.ack}` : "",
    `${relative.seq}`,
    hasAck ? `${relative.ack}` : "",
    `${line.length}`,
    ackEquation(line, before),
    escaped([formatOrigin(line, scene), formatFate(fate)].filter(Boolean).join("; ")),
  ];
}

/** Three decimals: the tape's times are nanoseconds, but nothing here happens faster than microseconds. */
export const formatTime = (from: string, to: string): string => millisecondsBetween(from, to).toFixed(3);

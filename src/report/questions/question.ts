// A question as lab sheets on connection management ask it, and its answer from one run: what every report ends with.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { type End, otherEnd } from "../../tcp/end.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import { ackEquation } from "../view/ack-arithmetic.ts";
import type { SceneView } from "../view/run-view.ts";

export interface QuestionAnswer {
  /** The scene whose segments are asked about. */
  readonly scene: string;
  readonly question: string;
  /** Plain sentences, with frame numbers of capture.pcapng. */
  readonly answer: string;
}

/** Undefined where the scene does not show it. */
export type Question = (scene: SceneView) => Omit<QuestionAnswer, "scene"> | undefined;

/** What went over the wire between the first two ports of a scene, oldest first; what an end repeated or the lab made included. */
export function firstConnection({ evidence }: SceneView): readonly SegmentLine[] {
  const [first] = evidence.segments;
  if (first === undefined) return [];
  const ports = [first.from.port, first.to.port];
  return evidence.segments.filter(({ from, to }) => ports.includes(from.port) && ports.includes(to.port));
}

/** What the ends themselves sent for the first time. */
export const originalsOf = (lines: readonly SegmentLine[]): readonly SegmentLine[] =>
  lines.filter(({ origin, repeats }) => origin === "kernel" && repeats === undefined);

/** The first segment of the other end, sent later, that acknowledges all of this one. */
export const acknowledgementOf = (line: SegmentLine, lines: readonly SegmentLine[]): SegmentLine | undefined =>
  lines.find(
    ({ frame, end, flags, ack }) =>
      frame > line.frame && end === otherEnd(line.end) && flags.includes("ACK") && ack === sequenceAfter(line),
  );

/** "ack = 100 + 1 (FIN) = 101" */
export const equationOf = (line: SegmentLine, lines: readonly SegmentLine[]): string =>
  ackEquation(line, lines.slice(0, lines.indexOf(line)));

export const capital = (end: End): string => (end === "client" ? "The client" : "The server");

/** "1234567 (relative: 0)" */
export function bothNumbers(line: SegmentLine, { evidence }: SceneView): string {
  const relative = evidence.relative.get(line.id)?.seq;
  return relative === undefined || relative === line.seq ? String(line.seq) : `${line.seq} (relative: ${relative})`;
}

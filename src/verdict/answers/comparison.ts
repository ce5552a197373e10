// Answers that hold one scene's segments against another's.

import type { Question } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, seenOnWire, unwitnessed } from "./answer.ts";

export function answerSameSegments(
  ask: Question<"same-segments">,
  here: SceneEvidence,
  there: SceneEvidence | undefined,
): Answer {
  if (there === undefined) return unwitnessed("the other scene was not played");
  if (!here.tapeIsComplete || !there.tapeIsComplete)
    return unwitnessed("the tape of one of the two scenes may not hold every segment");
  const [own, other] = [here, there].map((evidence) => evidence.segmentsLike({}).slice(0, ask.first));
  if (own === undefined || other === undefined || own.length < ask.first || other.length < ask.first)
    return unwitnessed(`one of the two scenes has fewer than ${ask.first} segments on its tape`);
  const parted = own.findIndex((line, index) => format(line, here) !== format(other[index] as SegmentLine, there));
  const [mine, theirs] = [own[parted], other[parted]];
  if (mine === undefined || theirs === undefined)
    return seenOnWire({ kind: "text", value: "the same segments" }, [...own, ...other]);
  const value = `here ${format(mine, here)}, there ${format(theirs, there)}`;
  return seenOnWire({ kind: "text", value }, [mine, theirs]);
}

/** Flags, relative numbers, length and the kinds of options; ports, initial numbers and clocks differ in every run. */
function format(line: SegmentLine, evidence: SceneEvidence): string {
  const { seq, ack } = evidence.relative.get(line.id) ?? line;
  const options = line.options.map((option) => (option.startsWith("timestamps") ? "timestamps" : option));
  return `${line.end} ${formatFlags(line.flags)} seq=${seq} ack=${ack} length=${line.length} <${options.join(", ")}>`;
}

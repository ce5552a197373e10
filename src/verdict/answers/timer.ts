// Answers about a timer: how much time was left on it, by the witnesses that show one.

import type { Question } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, stepMissing, unwitnessed } from "./answer.ts";

/** The median of what the witnesses read: each shows the same kernel timer at a slightly different instant. */
export function answerTimer(ask: Question<"timer">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.after);
  if (action === undefined) return stepMissing(ask.after);
  const sightings = evidence.look(action).filter(({ end, timer }) => end === ask.end && timer?.kind === ask.kind);
  const started = ask.since === undefined ? [] : evidence.segmentsLike(ask.since);
  if (ask.since !== undefined && started.length === 0) return unwitnessed("nothing on the tape started the timer");
  const times = sightings
    .map(({ at, timer }) => (timer?.milliseconds ?? 0) + passedSince(started, at))
    .sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)];
  if (median === undefined) return unwitnessed(`no witness showed a ${ask.kind} timer at the ${ask.end} then`);
  return {
    kind: "seen",
    seen: { kind: "duration-ms", value: median },
    within: ask.within,
    witnesses: sightings.map(({ witness }) => witness),
    because: sightings.map(({ witness, timer }) => `${witness}: ${timer?.milliseconds} ms left`),
    evidence: sightings.map(({ id }) => id),
  };
}

/** Milliseconds from the last of `lines` that was sent before `at`; 0 without any. */
function passedSince(lines: readonly SegmentLine[], at: string): number {
  const last = lines.findLast((line) => line.at <= at);
  return last === undefined ? 0 : (Number(at) - Number(last.at)) * 1000;
}

// Answers that are neither states nor segments: what a call returned, a timer, a counter, a measured value, two scenes compared.

import type { Question, Value } from "../../claims/claim.ts";
import type { Action, SegmentLine, WitnessName } from "../../evidence/timeline.ts";
import { WITNESSES } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, seenOnWire, stepMissing, unwitnessed } from "./answer.ts";

type AskFor<W extends Question["what"]> = Extract<Question, { what: W }>;

export function answerOutcome(ask: AskFor<"outcome">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.of);
  if (action === undefined) return stepMissing(ask.of);
  return {
    kind: "seen",
    seen: { kind: "text", value: formatOutcome(action.outcome) },
    witnesses: ["application"],
    because: [action.sentence],
    evidence: [action.id],
  };
}

/** The median of what the witnesses read: each shows the same kernel timer at a slightly different instant. */
export function answerTimer(ask: AskFor<"timer">, evidence: SceneEvidence): Answer {
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

export function answerCounter(ask: AskFor<"counter">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.of);
  if (action === undefined) return stepMissing(ask.of);
  const sighting = evidence.look(action).find(({ witness }) => witness === "counters");
  const counted = evidence.note("tape") !== undefined;
  if (sighting === undefined && !counted) return unwitnessed("the counters of this machine are not the scene's alone");
  return {
    kind: "seen",
    seen: { kind: "number", value: sighting?.counters?.[ask.name] ?? 0 },
    witnesses: ["counters"],
    because: [sighting?.raw ?? "no counter grew"],
    evidence: [sighting?.id ?? action.id],
  };
}

/** What the lab measured by itself and noted with the witnesses it used (topic "measure"). */
export function answerMeasure(ask: AskFor<"measure">, evidence: SceneEvidence): Answer {
  const note = evidence.notes.find(({ topic, data }) => topic === "measure" && data?.name === ask.name);
  if (note === undefined) return unwitnessed(`the run did not come to measure "${ask.name}"`);
  const witnesses = ((note.data?.witnesses ?? []) as readonly string[]).filter((name): name is WitnessName =>
    (WITNESSES as readonly string[]).includes(name),
  );
  if (witnesses.length === 0) return unwitnessed(`nobody witnessed the measure "${ask.name}"`, [note.id]);
  return {
    kind: "seen",
    seen: { kind: note.data?.kind, value: note.data?.value } as Value,
    ...(ask.within !== undefined && { within: ask.within }),
    witnesses,
    because: [note.text],
    evidence: [note.id],
  };
}

export function answerSameSegments(
  ask: AskFor<"same-segments">,
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

const formatOutcome = (outcome: Action["outcome"]): string =>
  outcome.ok ? String(outcome.value ?? "ok") : outcome.error;

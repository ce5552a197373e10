// Answers about encounters: what an end sent back when it met a segment, and what state it was in afterwards.

import type { Value } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";
import type { Action, SegmentLine } from "../../evidence/timeline.ts";
import { formatEncounter, type Numbered } from "../../rfc-model/cells/format-encounter.ts";
import { DELAYED_ACK_MAX_MS } from "../../rfc-model/kernel-timers.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { segmentLength } from "../../tcp/segment.ts";
import type { SequenceNumber } from "../../tcp/sequence.ts";
import { countSent, UNTOLD } from "../../tcp/sequence-block.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, isWitnessed, oneOf, possibleIn, stepMissing, unwitnessed } from "./answer.ts";
import { stateIn } from "./state.ts";

export function answerEncounter(ask: Question<"encounter">, evidence: SceneEvidence): Answer {
  const action = evidence.step(`${ask.of} again`) ?? evidence.step(ask.of);
  if (action === undefined) return notPlayed(ask, evidence);
  const before = stateBefore(ask, action, evidence);
  if (before.kind !== "seen" || before.seen.value !== ask.from)
    return unwitnessed(`the encounter did not begin in ${ask.from}: ${before.because.join("; ")}`, before.evidence);
  const met = evidence.segment(action.segments?.[0] ?? "");
  if (met === undefined) return unwitnessed("the forged segment is not in the evidence", [action.id]);
  const own = evidence.sentFrom(met.to.port);
  const later = own.filter((line) => line.frame > met.frame);
  const answers = later.filter((line) => isNew(line) || isAnswer(line, action, evidence));
  const doubt = doubtAbout(answers, later, action, evidence) ?? doubtAboutEnd(met, evidence);
  if (doubt !== undefined) return unwitnessed(doubt, [action.id, met.id, ...answers.map(({ id }) => id)]);
  const state = stateIn(evidence.look(action), ask.end);
  if (!isWitnessed(state)) return state;
  const replies = answers.map((line) => ({ ...numbersOf(line), flags: evidence.flagsOf(line) }));
  const earlier = own.filter((line) => line.frame < met.frame);
  const base = { own: earlier.reduce(countSent, UNTOLD), met: numbersOf(met) };
  const outcomes = possibleIn(state).map(
    ({ value }): Value => ({ kind: "text", value: formatEncounter(replies, value as TcpState, base) }),
  );
  return oneOf(outcomes, {
    permits: ask.permits,
    witnesses: ["wire", ...state.witnesses],
    because: [`frame ${met.frame} met ${before.seen.value}`, ...answers.map(render), ...state.because],
    evidence: [action.id, met.id, ...answers.map(({ id }) => id), ...before.evidence, ...state.evidence],
  });
}

/** What consumes no number is never sent again by a timer, and the other end, whose FIN it could answer, has vanished. */
const isNew = (line: SegmentLine): boolean => line.repeats === undefined || segmentLength(line) === 0;

/** Seconds: the kernel's timer repeats a SYN ACK after 1 s (TCP_TIMEOUT_INIT), and not before. */
const TIMER = 0.9;

/**
 * A repeated SYN ACK is an answer where it came in the same breath. A repeated SYN or FIN is always the retransmission
 * timer's: that of a FIN runs 0.2 s (TCP_RTO_MIN), and that of a SYN two jiffies once a bad ACK has come
 * (TCP_TIMEOUT_MIN in tcp_rcv_synsent_state_process).
 */
function isAnswer(line: SegmentLine, action: Action, evidence: SceneEvidence): boolean {
  if (!mayAnswer(line, action, evidence)) return false;
  const original = evidence.segment(line.repeats ?? "");
  return original !== undefined && Number(line.at) - Number(original.at) < TIMER;
}

const mayAnswer = (line: SegmentLine, action: Action, evidence: SceneEvidence): boolean =>
  formatFlags(evidence.flagsOf(line)) === "SYN ACK" && evidence.stepOf(line) === action;

/** Why what was seen, or that nothing was, decides nothing. */
function doubtAbout(
  answers: readonly SegmentLine[],
  later: readonly SegmentLine[],
  action: Action,
  evidence: SceneEvidence,
): string | undefined {
  const timers = later.find((line) => !answers.includes(line) && mayAnswer(line, action, evidence));
  if (timers !== undefined) return `frame ${timers.frame} may be an answer, or the retransmission timer's`;
  const [look] = evidence.look(action);
  const late = answers.find(({ id }) => look !== undefined && numberOf(id) > numberOf(look.id));
  if (late !== undefined) return `frame ${late.frame} came when the look had been taken already`;
  if (!evidence.tapeIsComplete) return "the tape may not hold every segment, so that no other came is not known";
  if (answers.length > 0) return undefined;
  return evidence.note("limits-closed")?.text;
}

/** Nobody hears what comes after the tape's end: an answer that is still due, or one more. */
function doubtAboutEnd(met: SegmentLine, evidence: SceneEvidence): string | undefined {
  const end = evidence.note("tape");
  if (end === undefined) return "the tape was not listened to until its end";
  const heard = Math.round((Number(end.at) - Number(met.at)) * 1000);
  if (heard >= DELAYED_ACK_MAX_MS) return undefined;
  return `the tape ends ${heard} ms after frame ${met.frame}, and an answer may take ${DELAYED_ACK_MAX_MS} ms`;
}

/** "e17": lines are numbered in their order. */
const numberOf = (id: string): number => Number(id.slice(1));

const render = ({ frame, length }: SegmentLine): string => `frame ${frame} answers${length > 0 ? " with data" : ""}`;

function stateBefore(ask: Question<"encounter">, action: Action, evidence: SceneEvidence): Answer {
  const way = evidence.step(action.step.replace(/^meet /, "reach "));
  return way === undefined ? unwitnessed("nobody looked before") : stateIn(evidence.look(way), ask.end);
}

/** Why the encounter never came about, in the words of its way. */
function notPlayed(ask: Question<"encounter">, evidence: SceneEvidence): Answer {
  const reach = ask.of.replace(/^meet /, "reach ");
  const way = evidence.step(`${reach} again`) ?? evidence.step(reach);
  if (way === undefined) return stepMissing(ask.of);
  if (!way.outcome.ok) return unwitnessed(way.sentence, [way.id]);
  const elsewhere = stateIn(evidence.look(way), ask.end);
  return unwitnessed(`the way did not lead to ${ask.from}: ${elsewhere.because.join("; ")}`, [way.id]);
}

const numbersOf = (line: SegmentLine): Numbered => ({
  flags: line.flags,
  seq: line.seq as SequenceNumber,
  ack: line.ack as SequenceNumber,
});

// Answers about segments: which was sent, its numbers, how many there were, and what was left over.

import type { Operand, Pick, SegmentField } from "../../claims/pick.ts";
import type { Question } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { FLAG_BITS, type Flag, formatFlags } from "../../tcp/flags.ts";
import { segmentLength } from "../../tcp/segment.ts";
import { distance, sequence } from "../../tcp/sequence.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, seenOnWire, unwitnessed } from "./answer.ts";

/** What is seen where a documented segment was never sent. */
export const NO_SEGMENT = "nothing";

export function answerSegment(ask: Question<"segment">, evidence: SceneEvidence): Answer {
  const line = evidence.pick(ask.pick);
  if (line === undefined) return absent(ask.pick, evidence);
  const numbers = ask.numbers === "relative" ? evidence.relative.get(line.id) : line;
  const fields = ask.fields.map((field) => ` ${field}=${fieldOf(line, field, numbers)}`);
  const [flags, whole] = [evidence.flagsOf(line), line.flags].map(formatFlags);
  return seenOnWire(
    { kind: "segment", value: `${line.end} ${flags}${fields.join("")}` },
    [line],
    flags === whole ? [] : [`frame ${line.frame} is ${whole} as a whole: the scene's tcp_ecn asks for ECN`],
  );
}

export function answerNumber(ask: Question<"number">, evidence: SceneEvidence): Answer {
  const operands = ask.minus === undefined ? [ask.of] : [ask.of, ask.minus];
  const lines = operands.map(({ pick }) => evidence.pick(pick));
  const missing = lines.indexOf(undefined);
  if (missing >= 0) return unwitnessed(`no segment on the tape is ${formatPick(operands[missing]?.pick ?? {})}`);
  const found = lines.filter((line) => line !== undefined);
  const [first = 0, second] = operands.map((operand, index) => numberOf(operand, found[index] as SegmentLine));
  const value = second === undefined ? first : distance(sequence(second), sequence(first));
  return seenOnWire({ kind: "number", value }, [...new Set(found)]);
}

export function answerCount(ask: Question<"count">, evidence: SceneEvidence): Answer {
  const lines = evidence.segmentsLike(ask.pick);
  if (!evidence.tapeIsComplete)
    return unwitnessed("the tape may not hold every segment, so nothing can be counted on it");
  return seenOnWire({ kind: "number", value: lines.length }, lines, [
    "the tape holds every segment that the kernel sent",
  ]);
}

/** `claimed`: every segment that is evidence of some other claim of the scene. */
export function answerLeftOver(evidence: SceneEvidence, claimed: ReadonlySet<string>): Answer {
  if (evidence.note("tape") === undefined) return unwitnessed("the scene has no tape");
  const held = (evidence.note("held")?.data?.segments ?? []) as readonly string[];
  const unclaimed = evidence.segments.filter(({ id }) => held.includes(id) && !claimed.has(id));
  const left = unclaimed.filter((line) => !answersARepeat(line, evidence.segments));
  if (left.length === 0 && !evidence.tapeIsComplete)
    return unwitnessed("the tape may not hold every segment, so that nothing else was sent is not known");
  if (left.length === 0)
    return {
      ...seenOnWire({ kind: "text", value: "nothing else" }, []),
      because: [
        "no segment was left undecided and unclaimed",
        ...unclaimed.map(({ frame }) => `frame ${frame} only answers a repeat`),
      ],
    };
  const formatted = left.map(({ end, flags, frame }) => `the ${end}'s ${formatFlags(flags)} (frame ${frame})`);
  return seenOnWire({ kind: "text", value: formatted.join(", ") }, left);
}

/**
 * The kernel repeats what is held for long, and before TIME_WAIT and CLOSED no gate stands: what answers a repeat there,
 * an ACK as before or the RST of a port that has closed meanwhile, comes of the waiting.
 */
function answersARepeat(line: SegmentLine, segments: readonly SegmentLine[]): boolean {
  const before = segments.slice(0, segments.indexOf(line));
  const met = before.findLast(({ end }) => end !== line.end);
  if (met?.repeats === undefined || segmentLength(line) > 0) return false;
  const said = ({ end, flags, seq, ack }: SegmentLine) => `${end} ${formatFlags(flags)} ${seq} ${ack}`;
  const resets = formatFlags(line.flags) === "RST" && line.seq === met.ack;
  return resets || before.some((earlier) => said(earlier) === said(line));
}

/** A segment that the scene waited for in vain contradicts; one that a shortened scene never came to is unwitnessed. */
function absent(pick: Pick, evidence: SceneEvidence): Answer {
  const note = evidence.note("nothing-came");
  const { flags, from } = note?.data ?? {};
  const awaited = note !== undefined && flags === pick.flags && (from === undefined || from === pick.end);
  if (note !== undefined && !awaited) return unwitnessed(`the scene ended before: ${note.text}`, [note.id]);
  if (note === undefined && !evidence.tapeIsComplete)
    return unwitnessed(`no segment on the tape is ${formatPick(pick)}`);
  return {
    kind: "seen",
    seen: { kind: "segment", value: NO_SEGMENT },
    witnesses: ["wire"],
    because: [note?.text ?? "the tape holds every segment that the kernel sent, and it is not among them"],
    evidence: note === undefined ? [] : [note.id],
  };
}

function fieldOf(
  line: SegmentLine,
  field: SegmentField,
  numbers: { readonly seq: number; readonly ack: number } | undefined,
): number {
  return (field === "seq" || field === "ack" ? numbers?.[field] : undefined) ?? line[field];
}

const numberOf = ({ field }: Operand, line: SegmentLine): number =>
  isFlag(field) ? Number(line.flags.includes(field)) : line[field];

const isFlag = (field: Operand["field"]): field is Flag => field in FLAG_BITS;

const formatPick = ({ end, flags, having, nth }: Pick): string =>
  [nth === undefined ? "" : `no. ${nth} of`, end === undefined ? "any" : `the ${end}'s`, flags ?? having ?? "segment"]
    .join(" ")
    .trim();

// Rules that every segment of a scene keeps, or one of them breaks: sequence arithmetic, flags, initial numbers.

import type { Question, SegmentRule } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { type End, otherEnd } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../../tcp/sequence.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, seenOnWire, unwitnessed } from "./answer.ts";
import { describe, type Finding, type Rule } from "./finding.ts";
import {
  clockedInitialNumbers,
  differentInitialNumbers,
  uniformInitialNumbers,
  unrelatedInitialNumbers,
} from "./initial-number-rules.ts";

export const HOLDS = "every segment";

export function answerEvery(ask: Question<"every">, evidence: SceneEvidence): Answer {
  const { breach, tried, because = [] } = RULES[ask.rule](evidence.segmentsLike(ask.pick ?? {}));
  if (breach !== undefined) return seenOnWire({ kind: "text", value: breach.text }, [breach.line], because);
  if (tried.length === 0) return unwitnessed("no segment on the tape is of the kind that the rule is about");
  if (!evidence.tapeIsComplete)
    return unwitnessed("the tape may not hold every segment, and one of the others may break it");
  return seenOnWire({ kind: "text", value: HOLDS }, tried, because);
}

const RULES: Readonly<Record<SegmentRule, Rule>> = {
  "ack-present-after-first-syn": eachKeeps((line, before) =>
    before.length === 0 || line.flags.includes("ACK") || line.flags.includes("SYN")
      ? undefined
      : `${formatFlags(line.flags)} without ACK`,
  ),
  "seq-is-last-ack": eachKeeps((line, before) => {
    const last = before.findLast(({ end, flags }) => end === otherEnd(line.end) && flags.includes("ACK"));
    if (last === undefined || line.seq === last.ack) return undefined;
    return `${describe(line)} has seq ${distance(sequence(last.ack), sequence(line.seq))} past the last ack`;
  }),
  "ack-follows-what-was-received": eachKeeps((line, before) => {
    if (!line.flags.includes("ACK")) return undefined;
    const next = nextExpected(before, otherEnd(line.end));
    if (next === undefined || next.some((number) => number === line.ack)) return undefined;
    return `${describe(line)} acknowledges ${line.ack}, after which nothing of the other end's ends`;
  }),
  "repeated-fin-acknowledged-again": repeatedFinAcknowledged,
  "closes-in-three-or-four": closesInThreeOrFour,
  "initial-numbers-uniform": uniformInitialNumbers,
  "initial-numbers-differ": differentInitialNumbers,
  "initial-numbers-unrelated": unrelatedInitialNumbers,
  "initial-numbers-follow-the-clock": clockedInitialNumbers,
  "data-is-acknowledged-by-its-length": dataAcknowledged,
};

/** A rule that looks at one segment and those before it. */
function eachKeeps(breaks: (line: SegmentLine, before: readonly SegmentLine[]) => string | undefined): Rule {
  return (lines) => {
    for (const [index, line] of lines.entries()) {
      const text = breaks(line, lines.slice(0, index));
      if (text !== undefined) return { breach: { line, text }, tried: lines };
    }
    return { tried: lines };
  };
}

/** The numbers that follow each segment `end` has sent: seq + L, and one more for SYN and FIN. Undefined before the first. */
function nextExpected(before: readonly SegmentLine[], end: End): readonly SequenceNumber[] | undefined {
  const sent = before.filter((line) => line.end === end);
  return sent.length === 0 ? undefined : sent.map(sequenceAfter);
}

function repeatedFinAcknowledged(lines: readonly SegmentLine[]): Finding {
  const repeated = lines.filter(({ flags, repeats }) => flags.includes("FIN") && repeats !== undefined);
  const answers = repeated.map((fin) =>
    lines.slice(lines.indexOf(fin)).find(({ end, ack }) => end === otherEnd(fin.end) && ack === sequenceAfter(fin)),
  );
  const unanswered = repeated.find((_, index) => answers[index] === undefined);
  const tried = [...repeated, ...answers.filter((line) => line !== undefined)];
  const because = [`${repeated.length} repeats of the FIN, each acknowledged`];
  if (unanswered === undefined) return { tried, because };
  return { breach: { line: unanswered, text: `${describe(unanswered)} was not acknowledged` }, tried };
}

/** From the first FIN on: each FIN is acknowledged, by a segment of its own or by the other FIN. */
function closesInThreeOrFour(lines: readonly SegmentLine[]): Finding {
  const closing = lines.slice(lines.findIndex(({ flags }) => flags.includes("FIN")));
  const fins = closing.filter(({ flags }) => flags.includes("FIN"));
  const [line] = closing;
  if (line === undefined || fins.length === 0) return { tried: [] };
  const unanswered = fins.find(
    (fin) => !closing.some(({ end, ack }) => end === otherEnd(fin.end) && ack === sequenceAfter(fin)),
  );
  const because = [`${closing.length} segments`];
  if (unanswered !== undefined)
    return { breach: { line: unanswered, text: `${describe(unanswered)} was not acknowledged` }, tried: closing };
  if (fins.length === 2 && (closing.length === 3 || closing.length === 4)) return { tried: closing, because };
  return { breach: { line, text: `${fins.length} FIN in ${closing.length} segments` }, tried: closing };
}

/** Each segment with data is acknowledged by its seq + L, or by a number past it after which a later segment ends. */
function dataAcknowledged(lines: readonly SegmentLine[]): Finding {
  const data = lines.filter(({ length }) => length > 0);
  let exactly = 0;
  for (const line of data) {
    const acks = lines.slice(lines.indexOf(line)).filter(({ end, flags }) => end !== line.end && flags.includes("ACK"));
    const first = acks.find(({ ack }) => distance(sequenceAfter(line), sequence(ack)) >= 0);
    if (first === undefined) return { breach: { line, text: `${describe(line)} was not acknowledged` }, tried: data };
    const ends = lines.filter(({ end }) => end === line.end).map(sequenceAfter);
    if (!ends.some((number) => number === first.ack))
      return {
        breach: { line: first, text: `${describe(first)} acknowledges part of ${describe(line)}` },
        tried: data,
      };
    if (first.ack === sequenceAfter(line)) exactly++;
  }
  return { tried: data, because: [`${data.length} segments with data, ${exactly} acknowledged by exactly seq + L`] };
}

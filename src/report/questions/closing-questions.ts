// What lab sheets ask about data, the close, and TIME_WAIT.

import type { SegmentLine, Sighting } from "../../evidence/timeline.ts";
import { ENDS, type End, otherEnd } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import type { SceneView } from "../view/run-view.ts";
import {
  acknowledgementOf,
  bothNumbers,
  capital,
  equationOf,
  firstConnection,
  originalsOf,
  type Question,
} from "./question.ts";

interface Closing {
  readonly lines: readonly SegmentLine[];
  readonly first: SegmentLine;
  readonly second: SegmentLine;
}

/** Both FINs, in the order in which they were sent. */
function closingOf(scene: SceneView): Closing | undefined {
  const lines = originalsOf(firstConnection(scene));
  const first = lines.find(({ flags }) => flags.includes("FIN"));
  const second = lines.find(({ flags, end }) => flags.includes("FIN") && end !== first?.end);
  return first === undefined || second === undefined ? undefined : { lines, first, second };
}

const dataIsCounted: Question = (scene) => {
  const lines = originalsOf(firstConnection(scene));
  const data = lines.find(({ length, flags }) => length > 0 && !flags.includes("FIN"));
  const answer = data && acknowledgementOf(data, lines);
  if (data === undefined || answer === undefined) return undefined;
  return {
    question: "How do the numbers grow with data? Take the first segment that carries some.",
    answer: `Frame ${data.frame}, the ${data.end}'s, has sequence number ${bothNumbers(data, scene)} and ${data.length} octets of data. Frame ${answer.frame} acknowledges it: ${equationOf(answer, lines)}.`,
  };
};

const whichHasSeq: Question = (scene) => {
  const closing = closingOf(scene);
  if (closing === undefined) return undefined;
  const { lines, second } = closing;
  const alike = lines.filter(({ end, seq }) => end === second.end && seq === second.seq);
  const formatted = alike.map(
    ({ frame, flags, length }) => `frame ${frame} (${formatFlags(flags)}${length > 0 ? `, ${length} octets` : ""})`,
  );
  const why = alike.length > 1 ? " A segment that consumes no number is followed by one with the same." : "";
  return {
    question: `Which segment that the ${second.end} sent has the sequence number ${second.seq}?`,
    answer: `${formatted.join(" and ")}.${why}`.replace(/^f/, "F"),
  };
};

const whoClosedFirst: Question = (scene) => {
  const closing = closingOf(scene);
  if (closing === undefined) return undefined;
  const { first, second } = closing;
  const crossed = acknowledgementOf(first, closing.lines);
  const together = crossed !== undefined && crossed.frame > second.frame && second.ack === first.seq;
  const seen = stateSeen(scene, first.end, "FIN_WAIT_1");
  const witness = seen === undefined ? "" : ` ${seen.witness} saw it in FIN_WAIT_1.`;
  return {
    question: "Which end closed first, and how do you know?",
    answer: together
      ? `Both at once: frame ${first.frame} is the ${first.end}'s FIN and frame ${second.frame} the ${second.end}'s, which does not acknowledge the former yet.`
      : `${capital(first.end)}: frame ${first.frame} is the first with FIN; the other end's FIN, frame ${second.frame}, was sent later.${witness}`,
  };
};

const finIsAcknowledged: Question = (scene) => {
  const closing = closingOf(scene);
  const answer = closing && acknowledgementOf(closing.first, closing.lines);
  if (closing === undefined || answer === undefined) return undefined;
  return {
    question: "Which segment acknowledges the first FIN, and how is its ack determined?",
    answer: `Frame ${answer.frame}: ${equationOf(answer, closing.lines)}. A FIN consumes one number, as a SYN does.`,
  };
};

const howManySegments: Question = (scene) => {
  const closing = closingOf(scene);
  const ackOfFirst = closing && acknowledgementOf(closing.first, closing.lines);
  const ackOfSecond = closing && acknowledgementOf(closing.second, closing.lines);
  if (closing === undefined || ackOfFirst === undefined || ackOfSecond === undefined) return undefined;
  const frames = [...new Set([closing.first, ackOfFirst, closing.second, ackOfSecond])]
    .map(({ frame }) => frame)
    .sort((a, b) => a - b);
  const combined = ackOfFirst === closing.second;
  return {
    question: "How many segments did the close take, and why as many?",
    answer: combined
      ? `Three (frames ${frames.join(", ")}): frame ${closing.second.frame} is the ${closing.second.end}'s FIN and acknowledges the first one as well, because the program closed before the delayed ACK had left.`
      : `Four (frames ${frames.join(", ")}): each direction is closed by a FIN and an ACK of it, and the ACK of the first FIN left before the ${closing.second.end}'s program closed.`,
  };
};

const timeWait: Question = (scene) => {
  const ends = ENDS.filter((end) => stateSeen(scene, end, "TIME_WAIT") !== undefined);
  const [end] = ends;
  if (end === undefined) return undefined;
  const timer = timerOf(scene, end);
  const left =
    timer === undefined
      ? "No timer was looked at in this scene; Linux"
      : `${timer.witness} showed ${((timer.timer?.milliseconds ?? 0) / 1000).toFixed(2)} s left. Linux`;
  const who =
    ends.length === 2
      ? "Both ends, since their FINs crossed: either sent its last ACK as the second to close"
      : `${capital(end)}, the end that closed first and sent the last ACK`;
  return {
    question: "Which end is left in TIME_WAIT, how long does that last, and what is it for?",
    answer: `${who}. ${left} counts 60 s (TCP_TIMEWAIT_LEN) where RFC 9293 asks for two maximum segment lifetimes, 240 s. It answers a repeated FIN if the last ACK is lost, and lets old segments die before the same ports are used again. The ${otherEnd(end)} ${ends.length === 2 ? "waits likewise" : "is gone as soon as the last ACK arrives"}.`,
  };
};

const stateSeen = ({ evidence, moments }: SceneView, end: End, state: string): Sighting | undefined =>
  moments.flatMap(({ action }) => evidence.look(action)).find((one) => one.end === end && String(one.states) === state);

const timerOf = ({ evidence, moments }: SceneView, end: End): Sighting | undefined =>
  moments
    .flatMap(({ action }) => evidence.look(action))
    .find((one) => one.end === end && one.timer?.kind === "time-wait");

export const CLOSING_QUESTIONS: readonly Question[] = [
  dataIsCounted,
  whoClosedFirst,
  finIsAcknowledged,
  whichHasSeq,
  howManySegments,
  timeWait,
];

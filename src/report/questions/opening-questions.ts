// What lab sheets ask about the opening of a connection.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { ENDS, otherEnd } from "../../tcp/end.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import { formatStates } from "../view/format.ts";
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

interface Opening {
  readonly lines: readonly SegmentLine[];
  readonly syn: SegmentLine;
  readonly synAck: SegmentLine;
}

/** A SYN and the SYN ACK that answers it, as they were sent. */
function openingOf(scene: SceneView): Opening | undefined {
  const lines = originalsOf(firstConnection(scene));
  const syn = lines.find(({ flags }) => flags.includes("SYN") && !flags.includes("ACK"));
  const synAck = lines.find(
    ({ flags, end, ack }) =>
      syn !== undefined &&
      flags.includes("SYN") &&
      flags.includes("ACK") &&
      end === otherEnd(syn.end) &&
      ack === sequenceAfter(syn),
  );
  return syn === undefined || synAck === undefined ? undefined : { lines, syn, synAck };
}

const whoTalks: Question = (scene) => {
  const opening = openingOf(scene);
  if (opening === undefined) return undefined;
  const { from, to, end } = opening.syn;
  return {
    question: "Which address and port does each end of the connection have, and which end opened it?",
    answer: `${capital(end)}, ${from.address} port ${from.port}, opened it: frame ${opening.syn.frame} is the first segment, a SYN without ACK. The other end is ${to.address} port ${to.port}.`,
  };
};

const theSyn: Question = (scene) => {
  const opening = openingOf(scene);
  if (opening === undefined) return undefined;
  const { syn } = opening;
  return {
    question:
      "What is the sequence number of the segment that starts the connection, and what in it says that it is a SYN?",
    answer: `Frame ${syn.frame}: sequence number ${bothNumbers(syn, scene)}. In the flags, SYN is 1 and ACK is 0; the ack field means nothing yet.`,
  };
};

const theSynAck: Question = (scene) => {
  const opening = openingOf(scene);
  if (opening === undefined) return undefined;
  const { syn, synAck, lines } = opening;
  return {
    question: "What is the sequence number of the SYN ACK, which ack does it carry, and how was that ack determined?",
    answer: `Frame ${synAck.frame}: sequence number ${bothNumbers(synAck, scene)}, a number of the ${synAck.end}'s own. ${equationOf(synAck, lines)}: the number of the SYN in frame ${syn.frame} and one, because a SYN consumes one number. SYN and ACK are both 1.`,
  };
};

const theThird: Question = (scene) => {
  const opening = openingOf(scene);
  const third = opening && acknowledgementOf(opening.synAck, opening.lines);
  if (opening === undefined || third === undefined || third.flags.includes("SYN")) return undefined;
  const next = opening.lines.find(({ frame, end }) => frame > third.frame && end === otherEnd(third.end));
  const unanswered =
    sequenceAfter(third) === third.seq
      ? ` It carries nothing that consumes a number, so nobody acknowledges it${renderNext(next, third)}.`
      : "";
  return {
    question: "Which numbers does the third segment of the handshake have, and which segment acknowledges it?",
    answer: `Frame ${third.frame}: sequence number ${bothNumbers(third, scene)}; ${equationOf(third, opening.lines)}.${unanswered}`,
  };
};

function renderNext(next: SegmentLine | undefined, third: SegmentLine): string {
  if (next === undefined) return "";
  if (next.ack === third.seq)
    return `: the next segment of the other end, frame ${next.frame}, has ack ${next.ack}, the very number that frame ${third.frame} began with`;
  return `: the next ack of the other end, in frame ${next.frame}, is of what was sent after it`;
}

const theOptions: Question = (scene) => {
  const opening = openingOf(scene);
  if (opening === undefined) return undefined;
  const { syn, synAck } = opening;
  const format = ({ frame, options }: SegmentLine) =>
    `frame ${frame}: ${options.filter((one) => one !== "nop" && one !== "end").join(", ") || "none"}`;
  return {
    question: "Which options do the two ends offer each other while opening?",
    answer: `In ${format(syn)}; in ${format(synAck)}. What only one of the two offers is not used (RFC 7323, RFC 2018); mss is each end's own word for the largest segment it takes.`,
  };
};

const theStates: Question = (scene) => {
  const opening = openingOf(scene);
  if (opening === undefined || scene.mode !== "stepped") return undefined;
  const last = scene.moments.findIndex(({ states }) => ENDS.every((end) => String(states[end]) === "ESTABLISHED"));
  if (last < 0) return undefined;
  const told = scene.moments.slice(0, last + 1).flatMap(({ action, states }) => {
    const seen = ENDS.flatMap((end) => (states[end] === undefined ? [] : [`${end} ${formatStates(states[end])}`]));
    return seen.length === 0 ? [] : [`after "${action.step}" ${seen.join(", ")}`];
  });
  return {
    question: "Which state is each end in after each step of the opening, and which end is ESTABLISHED first?",
    answer:
      `${told.join("; ")}. The end that sent the SYN is ESTABLISHED first, by the SYN ACK; the other waits for the third segment.`.replace(
        /^a/,
        "A",
      ),
  };
};

export const OPENING_QUESTIONS: readonly Question[] = [whoTalks, theSyn, theSynAck, theThird, theOptions, theStates];

// What lab sheets ask where something went otherwise: resets, and segments that were sent again.

import { millisecondsBetween } from "../../evidence/instants.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { otherEnd } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { sequenceAfter } from "../../tcp/segment.ts";
import type { SceneView } from "../view/run-view.ts";
import { fatesOf } from "../view/segment-fate.ts";
import { acknowledgementOf, capital, firstConnection, type Question } from "./question.ts";

const whyReset: Question = (scene) => {
  const lines = firstConnection(scene);
  const reset = lines.find(({ flags, origin }) => flags.includes("RST") && origin === "kernel");
  if (reset === undefined) return undefined;
  return {
    question: `Frame ${reset.frame} is a RST. Who sent it, and why?`,
    answer: `${capital(reset.end)}. ${reasonOf(reset, lines, scene)}`,
  };
};

function reasonOf(reset: SegmentLine, lines: readonly SegmentLine[], scene: SceneView): string {
  const step = scene.moments.find(({ sent }) => sent.includes(reset));
  if (step?.action.step.startsWith(`${reset.end} abort`))
    return `Its program aborted the connection (step ${step.number}): ${step.action.sentence}`;
  if (step?.action.step.startsWith(`${reset.end} close`))
    return `Its program closed (step ${step.number}) while something stood in the way of an orderly close: data that nobody had read, or a linger time of 0.`;
  const answered = lines.findLast(({ frame, end }) => frame < reset.frame && end === otherEnd(reset.end));
  if (answered === undefined) return "Nothing on this tape was sent to it before.";
  const made = { kernel: "", altered: ", which the lab had altered", forged: ", which the lab had forged" }[
    answered.origin
  ];
  const told = `It answers frame ${answered.frame}, the ${answered.end}'s ${formatFlags(answered.flags)}${made}`;
  if (reset.flags.includes("ACK") && reset.ack === sequenceAfter(answered) && !answered.flags.includes("ACK"))
    return `${told}: at that port nothing waited for it (RFC 9293 §3.5.2, group 1), and since that segment carries no ACK, the RST acknowledges it: ack = ${reset.ack}.`;
  if (answered.flags.includes("ACK") && reset.seq === answered.ack)
    return `${told}: the ack in that segment, ${answered.ack}, does not fit what it has sent, or finds no connection (RFC 9293 §3.5.2). The RST takes that ack as its sequence number, so that the other end believes it.`;
  return `${told}, which it cannot take in the state it is in.`;
}

const sentAgain: Question = (scene) => {
  const { evidence } = scene;
  const repeat = firstConnection(scene).find(({ repeats }) => repeats !== undefined);
  const original = evidence.segments.find(({ id }) => id === repeat?.repeats);
  if (repeat === undefined || original === undefined) return undefined;
  const milliseconds = millisecondsBetween(original.at, repeat.at);
  return {
    question: "Which segment was sent more than once, after how long, and why?",
    answer: `The ${original.end}'s ${formatFlags(original.flags)} of frame ${original.frame} comes again as frame ${repeat.frame}, ${milliseconds.toFixed(0)} ms later, with the sequence number ${repeat.seq}. ${whatBecameOf(original, scene)}. ${whatMadeItSo(original, milliseconds)}`,
  };
};

/** Why no acknowledgement had come back. */
function whatBecameOf(original: SegmentLine, scene: SceneView): string {
  const fateOf = fatesOf(scene);
  const fate = fateOf(original);
  if (fate.kind === "dropped") return `The lab had lost frame ${original.frame} (${fate.step})`;
  if (fate.kind !== "delivered") return `Frame ${original.frame} was held on the wire`;
  const answer = acknowledgementOf(original, firstConnection(scene));
  if (answer === undefined)
    return `Frame ${original.frame} was handed on (${fate.step}), but nothing on this tape acknowledges it`;
  const lost = fateOf(answer);
  const what = lost.kind === "dropped" ? `lost (${lost.step})` : "held on the wire";
  return `Frame ${original.frame} was handed on (${fate.step}), but its acknowledgement, frame ${answer.frame}, was ${what}`;
}

/** Milliseconds: TCP_TIMEOUT_INIT and TCP_RTO_MIN (include/net/tcp.h), less the rounding of a timer. */
const FIRST_TIMEOUT = { syn: 900, other: 180 } as const;

/** tcp_retransmit_timer() in net/ipv4/tcp_timer.c, reqsk_timer_handler() in net/ipv4/inet_connection_sock.c */
function formatTimer(flags: SegmentLine["flags"]): string {
  if (!flags.includes("SYN")) return "on Linux at least 200 ms, doubled each time";
  if (flags.includes("ACK")) return "on Linux 1 s for a SYN ACK, doubled each time";
  return "on Linux 1 s for a SYN, doubled each time; since 6.5 (ccce324dabfe) only after tcp_syn_linear_timeouts more of 1 s each";
}

function whatMadeItSo({ flags, length }: SegmentLine, milliseconds: number): string {
  if (milliseconds >= FIRST_TIMEOUT[flags.includes("SYN") ? "syn" : "other"])
    return `Its sender's retransmission timer had run out (RFC 6298; ${formatTimer(flags)}).`;
  if (length > 0)
    return "That is sooner than a retransmission timer runs out: Linux sends the last segment again as a probe where no acknowledgement comes within about two round trips (tail loss probe, RFC 8985 §7).";
  return "That is sooner than a retransmission timer runs out: a segment that arrived meanwhile made the kernel send it again, as Linux does with a SYN after a SYN ACK whose ack does not fit.";
}

export const DISTURBANCE_QUESTIONS: readonly Question[] = [whyReset, sentAgain];

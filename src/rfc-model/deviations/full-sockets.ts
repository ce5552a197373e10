// Known deviations of Linux's full sockets: every state from a crossing SYN_RCVD to LAST_ACK.

import { segmentLength } from "../../tcp/segment.ts";
import { advance, distance } from "../../tcp/sequence.ts";
import type { TcpState } from "../../tcp/state.ts";
import { acknowledgement, has, isOld, resetFor } from "../outcome.ts";
import { segmentArrivesLater } from "../segment-arrives-later.ts";
import type { ArrivingSegment, TransmissionControlBlock } from "../transmission-control-block.ts";
import type { Answer, KnownDeviation } from "./known-deviation.ts";

type Instead = KnownDeviation["instead"];
const nothing = (state: TcpState): Answer => ({ replies: [], state });

const FULL: readonly TcpState[] = ["ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "CLOSE_WAIT", "CLOSING", "LAST_ACK"];
/** The peer's FIN has arrived; nobody has read up to it, so it still lies in the receive queue. */
export const FIN_RECEIVED: readonly TcpState[] = ["CLOSE_WAIT", "CLOSING", "LAST_ACK"];
const TAKING_TEXT: readonly TcpState[] = ["ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2"];

const isCrossing = ({ state, opened }: TransmissionControlBlock) => state === "SYN_RCVD" && opened === "actively";

export const forFull =
  (instead: Instead): Instead =>
  (tcb, segment) =>
    FULL.includes(tcb.state) || isCrossing(tcb) ? instead(tcb, segment) : undefined;

/** What is left for tcp_ack(): no RST, no SYN, and not rejected by PAWS. */
export const carriesAck = (tcb: TransmissionControlBlock, segment: ArrivingSegment) =>
  has(segment, "ACK") && !has(segment, "RST") && !has(segment, "SYN") && !isOld(tcb, segment);

/** tcp_sequence(): wholly old is only what ends before RCV.NXT, and the right edge still counts. */
export function isAccepted({ state, rcvNxt, rcvWnd }: TransmissionControlBlock, segment: ArrivingSegment): boolean {
  const start = distance(rcvNxt, segment.seq);
  const end = start + segmentLength(segment);
  if (end < 0) return false;
  if (end - (has(segment, "FIN") ? 1 : 0) <= rcvWnd) return true;
  return start <= rcvWnd && !FIN_RECEIVED.includes(state);
}

/** tcp_ack(), then the state's own turn in tcp_rcv_state_process(); `all`: our SYN or FIN is acknowledged. */
function afterAck(state: TcpState, all: boolean): TcpState {
  if (state === "SYN_RCVD") return "ESTABLISHED";
  if (!all) return state;
  return ({ FIN_WAIT_1: "FIN_WAIT_2", CLOSING: "TIME_WAIT", LAST_ACK: "CLOSED" } as const)[state as "CLOSING"] ?? state;
}

/** What an acknowledgement out of order does; `accepted`: what the kernel lets pass to tcp_ack(). */
export function acknowledgeFirst(
  tcb: TransmissionControlBlock,
  segment: ArrivingSegment,
  accepted = isAccepted(tcb, segment),
): Answer | undefined {
  const start = distance(tcb.rcvNxt, segment.seq);
  if (start === 0 || !carriesAck(tcb, segment) || !accepted) return undefined;
  if (distance(tcb.sndNxt, segment.ack) > 0)
    return isCrossing(tcb) ? { replies: [resetFor(segment)], state: tcb.state } : undefined;
  const state = afterAck(tcb.state, segment.ack === tcb.sndNxt);
  const duplicate = TAKING_TEXT.includes(state) || (state === tcb.state && start < 0);
  return segmentLength(segment) > 0 && duplicate ? { replies: [acknowledgement(tcb)], state } : nothing(state);
}

export const FULL_SOCKET_DEVIATIONS: readonly KnownDeviation[] = [
  {
    id: "no-ack-no-answer",
    where: "tcp_rcv_established(), tcp_rcv_state_process()",
    reason:
      "A segment that has none of ACK, RST and SYN is dropped before any number of it is looked at, so that a bare FIN outside the window (or an old one, by PAWS) draws no ACK.",
    instead: forFull((tcb, segment) =>
      has(segment, "ACK") || has(segment, "RST") || has(segment, "SYN") ? undefined : nothing(tcb.state),
    ),
  },
  {
    id: "old-ack-draws-no-ack",
    where: "tcp_validate_incoming(), tcp_disordered_ack_check()",
    reason:
      "RFC 7323 §5.3 answers what fails PAWS with an ACK. Linux drops an empty ACK that is before RCV.NXT as well in silence: such ACKs are common where the network reorders, and answering each feeds a storm (counter PAWSOldAck).",
    instead: forFull((tcb, segment) =>
      isOld(tcb, segment) &&
      has(segment, "ACK") &&
      !has(segment, "RST") &&
      segmentLength(segment) === 0 &&
      distance(tcb.rcvNxt, segment.seq) < 0
        ? nothing(tcb.state)
        : undefined,
    ),
  },
  {
    id: "reset-at-right-edge",
    where: "tcp_sequence(), tcp_validate_incoming()",
    reason:
      "Linux counts RCV.NXT+RCV.WND, one past the last number of the window, as inside: a RST there is challenged instead of dropped in silence.",
    instead: forFull((tcb, segment) =>
      has(segment, "RST") && distance(tcb.rcvNxt, segment.seq) === tcb.rcvWnd
        ? { replies: [acknowledgement(tcb)], state: tcb.state }
        : undefined,
    ),
  },
  {
    id: "reset-with-the-number-of-the-fin",
    where: "tcp_validate_incoming(), tcp_reset_check()",
    reason:
      "One before RCV.NXT is outside the window. After a FIN Linux accepts a RST there: macOS sends, on abrupt termination, a FIN and then a RST with the FIN's own sequence number.",
    instead: ({ state, rcvNxt }, segment) =>
      FIN_RECEIVED.includes(state) && has(segment, "RST") && segment.seq === advance(rcvNxt, -1)
        ? nothing("CLOSED")
        : undefined,
  },
  {
    id: "crossing-syn-ack-opens",
    where: "tcp_validate_incoming(), tcp_rcv_state_process()",
    reason:
      "Where both SYNs crossed, the other end's SYN ACK begins at its initial number, before the window: the text of RFC 9293 answers it with an ACK and drops it, its figure 7 has it open the connection. Linux does both.",
    instead: (tcb, segment) =>
      isCrossing(tcb) &&
      !isOld(tcb, segment) &&
      segment.flags.length === 2 &&
      has(segment, "SYN") &&
      segment.ack === tcb.sndNxt &&
      has(segment, "ACK") &&
      advance(segment.seq, 1) === tcb.rcvNxt
        ? { replies: [acknowledgement(tcb)], state: "ESTABLISHED" }
        : undefined,
  },
  {
    id: "acknowledgement-taken-out-of-order",
    where: "tcp_sequence(), tcp_ack(), tcp_data_queue()",
    reason:
      "RFC 9293 processes segments in the order of their numbers, and holds one that does not begin at RCV.NXT (SHLD-31). Linux uses the acknowledgement of every segment that touches the window at once, one that ends at RCV.NXT or begins at its right edge included, and holds (or acknowledges again) only text and FIN: acknowledgements are cumulative, and an early one is as true as a late one.",
    instead: forFull((tcb, segment) => acknowledgeFirst(tcb, segment)),
  },
  {
    id: "acknowledgement-of-nothing-opens",
    where: "tcp_rcv_state_process(), tcp_ack()",
    reason:
      "In SYN_RCVD after crossing SYNs RFC 9293 wants SND.UNA < SEG.ACK, and resets otherwise. tcp_ack() finds SEG.ACK = SND.UNA, which acknowledges nothing, in order, and Linux goes to ESTABLISHED with its SYN still unacknowledged.",
    instead: (tcb, segment) => {
      if (!isCrossing(tcb) || segment.seq !== tcb.rcvNxt || !carriesAck(tcb, segment)) return undefined;
      if (segment.ack !== tcb.sndUna) return undefined;
      return segmentArrivesLater(tcb, { ...segment, ack: tcb.sndNxt })[0];
    },
  },
  {
    id: "second-fin-ignored",
    where: "tcp_rcv_state_process()",
    reason:
      "The text of RFC 9293 advances RCV.NXT over every FIN and acknowledges it, a second one after the first included. Linux knows that a stream ends once, and drops what lies after its end in silence.",
    instead: (tcb, segment) => {
      const isSecond = FIN_RECEIVED.includes(tcb.state) && has(segment, "FIN") && segment.seq === tcb.rcvNxt;
      if (!isSecond || !carriesAck(tcb, segment) || distance(tcb.sndNxt, segment.ack) > 0) return undefined;
      return nothing(afterAck(tcb.state, segment.ack === tcb.sndNxt));
    },
  },
];

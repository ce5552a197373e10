// What kernels without a change of Linux answer: only where it makes a difference, and whatever the RFCs say of it.

import { segmentLength } from "../../tcp/segment.ts";
import { distance } from "../../tcp/sequence.ts";
import type { TcpState } from "../../tcp/state.ts";
import {
  ACK_OF_UNSENT_DATA,
  DATA_BEYOND_THE_WINDOW,
  FIN_BEYOND_THE_WINDOW,
  OLD_ACK_BY_TIMESTAMP,
  OLD_ACK_WHILE_CLOSING,
  RESET_OF_A_REQUEST,
  SYN_ACK_OF_CROSSING_SYNS,
} from "../kernel-changes/kernel-changes.ts";
import { acknowledgement, has, isOld } from "../outcome.ts";
import type { ArrivingSegment, TransmissionControlBlock } from "../transmission-control-block.ts";
import { acknowledgeFirst, carriesAck, FIN_RECEIVED, forFull, isAccepted } from "./full-sockets.ts";
import type { Answer, FormerAnswer } from "./known-deviation.ts";
import { forRequest, isInWindow } from "./small-sockets.ts";

const nothing = (state: TcpState): Answer => ({ replies: [], state });
const acknowledged = (tcb: TransmissionControlBlock): Answer => ({ replies: [acknowledgement(tcb)], state: tcb.state });

/** By tcp_sequence() before 9ca48d616ed7: it looked at where a segment begins, and at its end only for what is old. */
function wasAccepted({ rcvNxt, rcvWnd }: TransmissionControlBlock, segment: ArrivingSegment): boolean {
  const start = distance(rcvNxt, segment.seq);
  return start + segmentLength(segment) >= 0 && start <= rcvWnd;
}

/** One past the window's last number. */
const isAtRightEdge = ({ rcvNxt, rcvWnd }: TransmissionControlBlock, { seq }: ArrivingSegment): boolean =>
  distance(rcvNxt, seq) === rcvWnd;

const acknowledgesUnsent = ({ sndNxt }: TransmissionControlBlock, { ack }: ArrivingSegment): boolean =>
  distance(sndNxt, ack) > 0;

export const FORMER_ANSWERS: readonly FormerAnswer[] = [
  {
    change: ACK_OF_UNSENT_DATA,
    instead: (tcb, segment) =>
      tcb.state === "ESTABLISHED" &&
      carriesAck(tcb, segment) &&
      isAccepted(tcb, segment) &&
      acknowledgesUnsent(tcb, segment)
        ? nothing("ESTABLISHED")
        : undefined,
  },
  {
    change: DATA_BEYOND_THE_WINDOW,
    instead: (tcb, segment) =>
      FIN_RECEIVED.includes(tcb.state) && isAtRightEdge(tcb, segment) && segment.length > 0
        ? acknowledgeFirst(tcb, segment, true)
        : undefined,
  },
  {
    change: FIN_BEYOND_THE_WINDOW,
    instead: (tcb, segment) =>
      FIN_RECEIVED.includes(tcb.state) && isAtRightEdge(tcb, segment) && has(segment, "FIN") && carriesAck(tcb, segment)
        ? acknowledged(tcb)
        : undefined,
  },
  {
    change: OLD_ACK_BY_TIMESTAMP,
    instead: forFull((tcb, segment) =>
      isOld(tcb, segment) && has(segment, "ACK") && !has(segment, "RST") && segmentLength(segment) === 0
        ? acknowledged(tcb)
        : undefined,
    ),
  },
  {
    change: RESET_OF_A_REQUEST,
    instead: forRequest((tcb, segment) => {
      if (!has(segment, "RST") || isOld(tcb, segment)) return undefined;
      const refused = has(segment, "ACK") && segment.ack !== tcb.sndNxt;
      return nothing(isInWindow(tcb, segment) && !refused ? "LISTEN" : "SYN_RCVD");
    }),
  },
  {
    change: OLD_ACK_WHILE_CLOSING,
    instead: (tcb, segment) =>
      (tcb.state === "FIN_WAIT_2" || FIN_RECEIVED.includes(tcb.state)) &&
      carriesAck(tcb, segment) &&
      wasAccepted(tcb, segment) &&
      distance(tcb.sndUna, segment.ack) < 0
        ? acknowledged(tcb)
        : undefined,
  },
  {
    change: SYN_ACK_OF_CROSSING_SYNS,
    instead: (tcb, segment) =>
      tcb.state === "SYN_RCVD" &&
      tcb.opened === "actively" &&
      has(segment, "SYN") &&
      has(segment, "ACK") &&
      !has(segment, "RST") &&
      !isOld(tcb, segment) &&
      distance(segment.seq, tcb.rcvNxt) === 1 &&
      segment.ack === tcb.sndNxt
        ? acknowledged(tcb)
        : undefined,
  },
];

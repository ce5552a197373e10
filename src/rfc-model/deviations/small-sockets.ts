// Known deviations of what is no full socket in Linux: a listener, the request that stands for SYN_RCVD, the bucket that stands for TIME_WAIT.

import { segmentLength } from "../../tcp/segment.ts";
import { advance, distance } from "../../tcp/sequence.ts";
import { acknowledgement, has, isOld, resetFor } from "../outcome.ts";
import type { ArrivingSegment, TransmissionControlBlock } from "../transmission-control-block.ts";
import type { Answer, KnownDeviation } from "./known-deviation.ts";

type Instead = KnownDeviation["instead"];
const nothing = (state: Answer["state"]): Answer => ({ replies: [], state });

export const LISTENER_DEVIATIONS: readonly KnownDeviation[] = [
  {
    id: "syn-fin-not-for-a-listener",
    where: "tcp_rcv_state_process()",
    reason:
      "RFC 9293 would open the connection and queue the FIN. Linux drops a SYN that says FIN as well: nobody but a port scanner sends one (T/TCP did).",
    instead: ({ state }, segment) =>
      state === "LISTEN" && has(segment, "SYN") && has(segment, "FIN") && !has(segment, "ACK") && !has(segment, "RST")
        ? nothing("LISTEN")
        : undefined,
  },
];

/** A half-open connection of a listener is a request_sock: small, so that a flood of SYNs costs little. */
export const forRequest =
  (instead: Instead): Instead =>
  (tcb, segment) =>
    tcb.state === "SYN_RCVD" && tcb.opened === "passively" ? instead(tcb, segment) : undefined;

/** tcp_in_window(): as RFC 9293's table 6, but an empty segment may also stand at the window's right edge. */
export function isInWindow({ rcvNxt, rcvWnd }: TransmissionControlBlock, segment: ArrivingSegment): boolean {
  const start = distance(rcvNxt, segment.seq);
  const end = start + segmentLength(segment);
  return start === 0 || (end > 0 && start < rcvWnd) || (start === rcvWnd && end === start);
}

const isReset = (segment: ArrivingSegment) => has(segment, "RST");

export const REQUEST_DEVIATIONS: readonly KnownDeviation[] = [
  {
    id: "repeated-syn-gets-syn-ack",
    where: "tcp_check_req()",
    reason:
      "A SYN with the initial number again is before the window, and RFC 9293 answers that with an ACK. Linux takes it for what it nearly always is, a retransmission because the SYN ACK was lost, and sends the SYN ACK again.",
    instead: forRequest((tcb, segment) => {
      const again = advance(segment.seq, 1) === tcb.rcvNxt && has(segment, "SYN") && !has(segment, "ACK");
      if (!again || isReset(segment) || isOld(tcb, segment)) return undefined;
      return { replies: [{ flags: ["SYN", "ACK"], seq: tcb.iss, ack: tcb.rcvNxt }], state: "SYN_RCVD" };
    }),
  },
  {
    id: "request-drops-reset-by-paws",
    where: "tcp_check_req(), tcp_paws_reject()",
    reason:
      "RFC 7323 §5.2 exempts a RST from PAWS. For a half-open connection Linux applies it to a RST too, while TS.Recent is younger than a minute (TCP_PAWS_MSL): an old duplicate RST shall not kill it.",
    instead: forRequest((tcb, segment) => (isReset(segment) && isOld(tcb, segment) ? nothing("SYN_RCVD") : undefined)),
  },
  {
    id: "request-right-edge",
    where: "tcp_check_req(), tcp_in_window()",
    reason:
      "Linux lets an empty segment stand at RCV.NXT+RCV.WND, one past the last number of the window: a RST there is challenged instead of dropped in silence.",
    instead: forRequest((tcb, segment) =>
      isReset(segment) && distance(tcb.rcvNxt, segment.seq) === tcb.rcvWnd
        ? { replies: [acknowledgement(tcb)], state: "SYN_RCVD" }
        : undefined,
    ),
  },
  {
    id: "request-checks-ack-first",
    where: "tcp_check_req()",
    reason:
      "RFC 9293 looks at the sequence number first. Linux refuses an acknowledgement that is not of its SYN ACK before anything else, with RST: so a forger of crossing SYNs cannot set two listeners against each other.",
    instead: forRequest((tcb, segment) =>
      has(segment, "ACK") && !isReset(segment) && !isOld(tcb, segment) && segment.ack !== tcb.sndNxt
        ? { replies: [resetFor(segment)], state: "SYN_RCVD" }
        : undefined,
    ),
  },
  {
    id: "syn-to-request-is-reset",
    where: "tcp_check_req()",
    reason:
      "RFC 9293 returns the connection to LISTEN without a word. Linux follows RFC 793, which sends a reset for a SYN in the window, and forgets the half-open connection.",
    instead: forRequest((tcb, segment) =>
      has(segment, "SYN") && !isReset(segment) && !isOld(tcb, segment) && isInWindow(tcb, segment)
        ? { replies: [resetFor(segment)], state: "LISTEN" }
        : undefined,
    ),
  },
  {
    id: "request-opens-out-of-order",
    where: "tcp_check_req(), tcp_rcv_state_process()",
    reason:
      "RFC 9293 holds a segment that does not begin at RCV.NXT (SHLD-31). Linux makes the connection of the first acknowledgement of its SYN ACK, wherever in the window that segment stands, and holds only its text and FIN.",
    instead: forRequest((tcb, segment) => {
      const start = distance(tcb.rcvNxt, segment.seq);
      const opens = has(segment, "ACK") && !has(segment, "SYN") && !isReset(segment) && !isOld(tcb, segment);
      if (!opens || start === 0 || !isInWindow(tcb, segment)) return undefined;
      return { replies: segmentLength(segment) > 0 ? [acknowledgement(tcb)] : [], state: "ESTABLISHED" };
    }),
  },
];

const inTimeWait =
  (instead: Instead): Instead =>
  (tcb, segment) =>
    tcb.state === "TIME_WAIT" ? instead(tcb, segment) : undefined;

export const TIME_WAIT_DEVIATIONS: readonly KnownDeviation[] = [
  {
    id: "time-wait-ignores-resets",
    where: "tcp_timewait_state_process()",
    reason:
      "RFC 5961 challenges a RST that is in the window but not at RCV.NXT, and RFC 7323 §5.2 exempts a RST from PAWS. In TIME_WAIT Linux ignores every RST that is not at RCV.NXT or fails PAWS: an old duplicate RST shall not end the state early (RFC 1337), and there is nobody left to challenge.",
    instead: inTimeWait((tcb, segment) =>
      isReset(segment) && (segment.seq !== tcb.rcvNxt || isOld(tcb, segment)) ? nothing("TIME_WAIT") : undefined,
    ),
  },
  {
    id: "time-wait-takes-any-ack",
    where: "tcp_timewait_state_process()",
    reason:
      "An empty ACK at RCV.NXT starts the minute anew and draws no answer, whatever it acknowledges: a bucket in TIME_WAIT does not check acknowledgements (RFC 5961 §5.2 would have an ACK sent for one beyond SND.NXT).",
    instead: inTimeWait((tcb, segment) =>
      !isReset(segment) && !isOld(tcb, segment) && segment.seq === tcb.rcvNxt && segmentLength(segment) === 0
        ? nothing("TIME_WAIT")
        : undefined,
    ),
  },
  {
    id: "time-wait-acknowledges-everything",
    where: "tcp_timewait_state_process()",
    reason:
      "Everything else that is no RST draws the last ACK again: a FIN without ACK too, which RFC 9293 drops, and a second FIN, which RFC 9293 counts. In TIME_WAIT Linux has no receive queue, and RCV.NXT stands still.",
    instead: inTimeWait((tcb, segment) =>
      isReset(segment) ? undefined : { replies: [acknowledgement(tcb)], state: "TIME_WAIT" },
    ),
  },
];

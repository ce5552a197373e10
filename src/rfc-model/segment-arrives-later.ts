// SEGMENT ARRIVES from SYN_RCVD on: the eight checks of RFC 9293 §3.10.7.4 in their order, RFC 7323's before the first.

import { formatFlags } from "../tcp/flags.ts";
import { segmentLength } from "../tcp/segment.ts";
import { advance, distance, sequence } from "../tcp/sequence.ts";
import type { TcpState } from "../tcp/state.ts";
import { acknowledged, has, isOld, silence } from "./outcome.ts";
import type {
  ArrivingSegment,
  Ground,
  Outcome,
  Reply,
  TransmissionControlBlock,
} from "./transmission-control-block.ts";

const OTHER_STATES = "RFC 9293 §3.10.7.4";
const step = (ordinal: string, level: Ground["level"] = "plain"): Ground => ({
  source: "rfc9293",
  cite: `${OTHER_STATES}, ${ordinal}`,
  level,
});

const TIMESTAMP_MISSING: Ground = { source: "rfc7323", cite: "RFC 7323 §3.2", level: "SHOULD" };
const TIMESTAMP_EXEMPT: Ground = {
  source: "rfc7323",
  cite: `RFC 7323 §5.2; ${OTHER_STATES}, second: 2)`,
  level: "MUST",
};
const CROSSING: Ground = { source: "rfc9293", cite: "RFC 9293 §3.5, figure 7", level: "plain" };
const TIMESTAMP_OLD: Ground = { source: "rfc7323", cite: "RFC 7323 §5.3, R1", level: "plain" };
const UNACCEPTABLE = step("first");
const OUT_OF_ORDER = step("first: SHLD-31", "SHOULD");
const ACK_OUT_OF_ORDER = step("seventh: MAY-13", "MAY");
const RST_OUTSIDE: Ground = { source: "rfc5961", cite: `RFC 5961 §3.2; ${OTHER_STATES}, second: 1)`, level: "plain" };
const RST_EXACT: Ground = { source: "rfc5961", cite: `RFC 5961 §3.2; ${OTHER_STATES}, second: 2)`, level: "MUST" };
const RST_CHALLENGED: Ground = { source: "rfc5961", cite: `RFC 5961 §3.2; ${OTHER_STATES}, second: 3)`, level: "MUST" };
const SYN_TO_LISTEN = step("fourth: SYN-RECEIVED");
const SYN_CHALLENGED: Ground = { source: "rfc5961", cite: `RFC 5961 §4.2; ${OTHER_STATES}, fourth`, level: "MUST" };
const WITHOUT_ACK = step("fifth");
const ACK_OUTSIDE: Ground = { source: "rfc5961", cite: `RFC 5961 §5.2; ${OTHER_STATES}, fifth`, level: "MUST" };
const ACK_REFUSED = step("fifth: SYN-RECEIVED");
const FIN_AGAIN = step("fifth: TIME-WAIT");

/** For every state from SYN_RCVD on. */
export function segmentArrivesLater(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] {
  return (
    checkTimestamp(tcb, segment) ??
    checkSequence(tcb, segment) ??
    checkReset(tcb, segment) ??
    // Third, security and compartment: no IP of today carries them.
    checkSyn(tcb, segment) ??
    holdIfOutOfOrder(tcb, segment) ??
    checkAck(tcb, segment)
  );
}

/** RFC 7323: one without the option is dropped (§3.2), one older than TS.Recent acknowledged and dropped (§5.3). Resets pass. */
function checkTimestamp(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] | undefined {
  if (tcb.tsRecent === undefined || has(segment, "RST")) return undefined;
  if (segment.tsval === undefined) {
    const dropped = silence(tcb.state, TIMESTAMP_MISSING);
    // RFC 5961 §4.2: a SYN is challenged whatever else it has or lacks.
    return has(segment, "SYN") && isSynchronised(tcb)
      ? [dropped, acknowledged(tcb, tcb.state, SYN_CHALLENGED)]
      : [dropped];
  }
  return isOld(tcb, segment) ? [acknowledged(tcb, tcb.state, TIMESTAMP_OLD)] : undefined;
}

/** First: the acceptability tests of table 6. RFC 5961's "silently" for resets is the same. */
function checkSequence(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] | undefined {
  if (isAcceptable(tcb, segment)) return undefined;
  if (has(segment, "RST")) return [silence(tcb.state, RST_OUTSIDE)];
  const refused = acknowledged(tcb, tcb.state, UNACCEPTABLE);
  return isCrossingSynAck(tcb, segment) ? [refused, silence("ESTABLISHED", CROSSING)] : [refused];
}

/** By figure 7, line 6, the other end's SYN ACK opens; by the text it begins before the window, with the SYN that came already. */
const isCrossingSynAck = (tcb: TransmissionControlBlock, segment: ArrivingSegment): boolean =>
  tcb.state === "SYN_RCVD" &&
  tcb.opened === "actively" &&
  formatFlags(segment.flags) === "SYN ACK" &&
  advance(segment.seq, 1) === tcb.rcvNxt &&
  segment.ack === tcb.sndNxt;

/** A half-open connection of a listener is not: RFC 9293 gives it up at a SYN. */
const isSynchronised = ({ state, opened }: TransmissionControlBlock): boolean =>
  state !== "SYN_RCVD" || opened === "actively";

function isAcceptable(tcb: TransmissionControlBlock, segment: ArrivingSegment): boolean {
  const inWindow = (octets: number) => {
    const place = distance(tcb.rcvNxt, advance(segment.seq, octets));
    return place >= 0 && place < tcb.rcvWnd;
  };
  const length = segmentLength(segment);
  if (tcb.rcvWnd === 0) return length === 0 && segment.seq === tcb.rcvNxt;
  return inWindow(0) || (length > 0 && inWindow(length - 1));
}

/** Second: exactly RCV.NXT resets, anywhere else in the window is challenged (RFC 5961 §3.2). */
function checkReset(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] | undefined {
  if (!has(segment, "RST")) return undefined;
  if (segment.seq !== tcb.rcvNxt) return [acknowledged(tcb, tcb.state, RST_CHALLENGED)];
  const returns = tcb.state === "SYN_RCVD" && tcb.opened === "passively";
  return [silence(returns ? "LISTEN" : "CLOSED", isOld(tcb, segment) ? TIMESTAMP_EXEMPT : RST_EXACT)];
}

/** Fourth: challenged (RFC 5961 §4.2); a half-open connection of a listener is given up. */
function checkSyn(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] | undefined {
  if (!has(segment, "SYN")) return undefined;
  if (!isSynchronised(tcb)) return [silence("LISTEN", SYN_TO_LISTEN)];
  return [acknowledged(tcb, tcb.state, SYN_CHALLENGED)];
}

/** What follows is for the segment that begins at RCV.NXT: a later one is held, and may be acknowledged meanwhile. */
function holdIfOutOfOrder(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] | undefined {
  if (distance(tcb.rcvNxt, segment.seq) <= 0) return undefined;
  return [silence(tcb.state, OUT_OF_ORDER), acknowledged(tcb, tcb.state, ACK_OUT_OF_ORDER)];
}

/** Fifth: the acceptable range is SND.UNA - MAX.SND.WND to SND.NXT (RFC 5961 §5.2). */
function checkAck(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] {
  if (!has(segment, "ACK")) return [silence(tcb.state, WITHOUT_ACK)];
  const fromUna = distance(tcb.sndUna, segment.ack);
  const unsent = distance(tcb.sndNxt, segment.ack) > 0;
  if (tcb.state === "SYN_RCVD" && (fromUna <= 0 || unsent)) {
    const reset: Reply = { flags: ["RST"], seq: segment.ack, ack: sequence(0) };
    const refused: Outcome = { replies: [reset], state: tcb.state, ground: ACK_REFUSED };
    // RFC 5961's range is checked before the state's own; what lies beyond SND.NXT is outside both.
    return unsent ? [acknowledged(tcb, tcb.state, ACK_OUTSIDE), refused] : [refused];
  }
  if (unsent || fromUna < -tcb.maxSndWnd) return [acknowledged(tcb, tcb.state, ACK_OUTSIDE)];
  return takeAck(tcb, segment, segment.ack === tcb.sndNxt);
}

/** Still the fifth, by state; `allAcknowledged`: everything we sent, our SYN or FIN included. */
function takeAck(
  tcb: TransmissionControlBlock,
  segment: ArrivingSegment,
  allAcknowledged: boolean,
): readonly Outcome[] {
  switch (tcb.state) {
    case "SYN_RCVD":
      return takeText(tcb, segment, "ESTABLISHED", step("fifth: SYN-RECEIVED"));
    case "FIN_WAIT_1":
      return takeText(tcb, segment, allAcknowledged ? "FIN_WAIT_2" : "FIN_WAIT_1", step("fifth: FIN-WAIT-1"));
    case "CLOSING":
      if (!allAcknowledged) return [silence("CLOSING", step("fifth: CLOSING"))];
      return takeText(tcb, segment, "TIME_WAIT", step("fifth: CLOSING"));
    case "LAST_ACK":
      if (allAcknowledged) return [silence("CLOSED", step("fifth: LAST-ACK"))];
      return takeText(tcb, segment, "LAST_ACK", step("fifth: LAST-ACK"));
    default:
      return takeText(tcb, segment, tcb.state, step(`fifth: ${tcb.state.replaceAll("_", "-")}`));
  }
}

const TAKING_TEXT: readonly TcpState[] = ["ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2"];

/** Sixth and seventh: urgent data and text, which a connection whose peer has said FIN ignores. */
function takeText(
  tcb: TransmissionControlBlock,
  segment: ArrivingSegment,
  state: TcpState,
  ground: Ground,
): readonly Outcome[] {
  const fresh = Math.max(0, segment.length + distance(tcb.rcvNxt, segment.seq));
  const taken = TAKING_TEXT.includes(state) ? fresh : 0;
  const rcvNxt = advance(tcb.rcvNxt, taken);
  if (has(segment, "FIN")) return [takeFin({ ...tcb, rcvNxt }, state)];
  if (taken > 0) return [acknowledged({ ...tcb, rcvNxt }, state, step("seventh"))];
  // "The only thing that can arrive in this state is a retransmission of the remote FIN. Acknowledge it": said of all.
  if (tcb.state === "TIME_WAIT") return [acknowledged(tcb, state, FIN_AGAIN), silence(state, FIN_AGAIN)];
  return [silence(state, ground)];
}

/** Eighth: a FIN is acknowledged in every state, and where it goes from there. */
function takeFin(tcb: TransmissionControlBlock, state: TcpState): Outcome {
  const rcvNxt = advance(tcb.rcvNxt, 1);
  return acknowledged({ ...tcb, rcvNxt }, AFTER_FIN[state] ?? state, step("eighth"));
}

/** FIN_WAIT_1 here: our own FIN is not acknowledged, or the fifth step had gone on to FIN_WAIT_2. */
const AFTER_FIN: Readonly<Partial<Record<TcpState, TcpState>>> = {
  ESTABLISHED: "CLOSE_WAIT",
  FIN_WAIT_1: "CLOSING",
  FIN_WAIT_2: "TIME_WAIT",
};

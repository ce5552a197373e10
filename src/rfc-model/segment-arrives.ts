// SEGMENT ARRIVES: what RFC 9293 §3.10.7 has a TCP do with any segment in any state, amended by RFC 5961 and RFC 7323.
// Written from the text, step by step in its order; it knows no kernel. `segmentArrives` gives what the text says first.

import { advance, distance } from "../tcp/sequence.ts";
import { has, resetFor } from "./outcome.ts";
import { segmentArrivesLater } from "./segment-arrives-later.ts";
import type {
  ArrivingSegment,
  Ground,
  Outcome,
  Reply,
  TransmissionControlBlock,
} from "./transmission-control-block.ts";

const plain = (section: string): Ground => ({ source: "rfc9293", cite: `RFC 9293 §${section}`, level: "plain" });

const CLOSED = plain("3.10.7.1");
const LISTEN_RST = plain("3.10.7.2, first");
const LISTEN_ACK = plain("3.10.7.2, second");
const LISTEN_SYN = plain("3.10.7.2, third");
const LISTEN_ELSE = plain("3.10.7.2, fourth");
const SYN_SENT_ACK = plain("3.10.7.3, first");
const SYN_SENT_RST = plain("3.10.7.3, second");
const SYN_SENT_SYN = plain("3.10.7.3, fourth");
const SYN_SENT_ELSE = plain("3.10.7.3, fifth");

/** Every outcome that the text allows; the first is the one it describes, the others are those it leaves open. */
export function segmentArrives(tcb: TransmissionControlBlock, segment: ArrivingSegment): readonly Outcome[] {
  switch (tcb.state) {
    case "CLOSED":
      return [arrivesInClosed(segment)];
    case "LISTEN":
      return [arrivesInListen(tcb, segment)];
    case "SYN_SENT":
      return [arrivesInSynSent(tcb, segment)];
    default:
      return segmentArrivesLater(tcb, segment);
  }
}

function arrivesInClosed(segment: ArrivingSegment): Outcome {
  const replies = has(segment, "RST") ? [] : [resetFor(segment)];
  return { replies, state: "CLOSED", ground: CLOSED };
}

function arrivesInListen({ iss }: TransmissionControlBlock, segment: ArrivingSegment): Outcome {
  if (has(segment, "RST")) return { replies: [], state: "LISTEN", ground: LISTEN_RST };
  if (has(segment, "ACK")) return { replies: [resetFor(segment)], state: "LISTEN", ground: LISTEN_ACK };
  if (!has(segment, "SYN")) return { replies: [], state: "LISTEN", ground: LISTEN_ELSE };
  // Other controls and text are queued until ESTABLISHED: nothing of them is acknowledged yet.
  const replies: readonly Reply[] = [{ flags: ["SYN", "ACK"], seq: iss, ack: advance(segment.seq, 1) }];
  return { replies, state: "SYN_RCVD", ground: LISTEN_SYN };
}

function arrivesInSynSent(tcb: TransmissionControlBlock, segment: ArrivingSegment): Outcome {
  const acknowledges = has(segment, "ACK");
  const acceptable = distance(tcb.iss, segment.ack) > 0 && distance(segment.ack, tcb.sndNxt) >= 0;
  if (acknowledges && !acceptable)
    return { replies: has(segment, "RST") ? [] : [resetFor(segment)], state: "SYN_SENT", ground: SYN_SENT_ACK };
  if (has(segment, "RST")) return { replies: [], state: acknowledges ? "CLOSED" : "SYN_SENT", ground: SYN_SENT_RST };
  if (!has(segment, "SYN")) return { replies: [], state: "SYN_SENT", ground: SYN_SENT_ELSE };
  const ack = advance(segment.seq, 1);
  if (acknowledges)
    return { replies: [{ flags: ["ACK"], seq: tcb.sndNxt, ack }], state: "ESTABLISHED", ground: SYN_SENT_SYN };
  return { replies: [{ flags: ["SYN", "ACK"], seq: tcb.iss, ack }], state: "SYN_RCVD", ground: SYN_SENT_SYN };
}

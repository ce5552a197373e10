// The outcomes that the text of §3.10.7 spells out again and again, and the questions it asks of a segment.

import type { Flag } from "../tcp/flags.ts";
import { segmentLength } from "../tcp/segment.ts";
import { advance, distance, sequence } from "../tcp/sequence.ts";
import type { TcpState } from "../tcp/state.ts";
import type {
  ArrivingSegment,
  Ground,
  Outcome,
  Reply,
  TransmissionControlBlock,
} from "./transmission-control-block.ts";

export const has = ({ flags }: ArrivingSegment, flag: Flag): boolean => flags.includes(flag);

export const silence = (state: TcpState, ground: Ground): Outcome => ({ replies: [], state, ground });

/** <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK> */
export const acknowledgement = ({ sndNxt, rcvNxt }: TransmissionControlBlock): Reply => ({
  flags: ["ACK"],
  seq: sndNxt,
  ack: rcvNxt,
});

export const acknowledged = (tcb: TransmissionControlBlock, state: TcpState, ground: Ground): Outcome => ({
  replies: [acknowledgement(tcb)],
  state,
  ground,
});

/** PAWS, RFC 7323 §5.3: its timestamp is before TS.Recent. */
export const isOld = ({ tsRecent }: TransmissionControlBlock, { tsval }: ArrivingSegment): boolean =>
  tsRecent !== undefined && tsval !== undefined && distance(sequence(tsRecent), sequence(tsval)) < 0;

/** §3.10.7.1: a reset with numbers that its receiver will accept. */
export function resetFor(segment: ArrivingSegment): Reply {
  if (has(segment, "ACK")) return { flags: ["RST"], seq: segment.ack, ack: sequence(0) };
  return { flags: ["RST", "ACK"], seq: sequence(0), ack: advance(segment.seq, segmentLength(segment)) };
}

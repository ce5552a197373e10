// The words of the model of RFC 9293 §3.10.7: the block a segment finds, the segment, and what comes of it.

import type { Flag } from "../tcp/flags.ts";
import type { SequenceNumber } from "../tcp/sequence.ts";
import type { TcpState } from "../tcp/state.ts";

/** TCB, RFC 9293 §3.3.1: as much of it as decides what becomes of a segment. CLOSED and LISTEN have no numbers yet. */
export interface TransmissionControlBlock {
  readonly state: TcpState;
  /** By a passive OPEN (from LISTEN) or an active one. */
  readonly opened: "passively" | "actively";
  readonly iss: SequenceNumber;
  readonly sndUna: SequenceNumber;
  readonly sndNxt: SequenceNumber;
  /** MAX.SND.WND of RFC 5961 §5: the largest window the peer ever offered. */
  readonly maxSndWnd: number;
  readonly rcvNxt: SequenceNumber;
  readonly rcvWnd: number;
  /** TS.Recent of RFC 7323 §4.3; absent where timestamps were not agreed on. */
  readonly tsRecent?: number;
}

export interface ArrivingSegment {
  readonly flags: readonly Flag[];
  readonly seq: SequenceNumber;
  readonly ack: SequenceNumber;
  /** Octets of text, without SYN and FIN. */
  readonly length: number;
  /** SEG.TSval; absent where the segment has no Timestamps option. */
  readonly tsval?: number;
}

export interface Reply {
  readonly flags: readonly Flag[];
  readonly seq: SequenceNumber;
  /** Means something only with ACK. */
  readonly ack: SequenceNumber;
}

/** Where the sentence that decides stands, and how strongly it is worded; "plain": with none of RFC 2119's words. */
export interface Ground {
  readonly source: "rfc9293" | "rfc5961" | "rfc7323" | "linux";
  readonly cite: string;
  readonly level: "MUST" | "SHOULD" | "MAY" | "plain";
}

export interface Outcome {
  /** In the order of sending; none: silence. */
  readonly replies: readonly Reply[];
  readonly state: TcpState;
  readonly ground: Ground;
}

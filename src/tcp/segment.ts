// A TCP segment as the field names it, without the bytes it travelled in (those: segment-codec.ts).

import type { Flag } from "./flags.ts";
import { advance, type SequenceNumber, sequence } from "./sequence.ts";

export type Family = "ipv4" | "ipv6";

export interface Endpoint {
  /** Textual, canonical: "127.0.0.1", "::1". */
  readonly address: string;
  readonly port: number;
}

/** RFC 9293 §3.2, RFC 7323, RFC 2018; what has no name here keeps its kind and bytes. */
export type TcpOption =
  | { readonly kind: "end" }
  | { readonly kind: "nop" }
  | { readonly kind: "mss"; readonly octets: number }
  | { readonly kind: "window-scale"; readonly shift: number }
  | { readonly kind: "sack-permitted" }
  | {
      readonly kind: "sack";
      readonly blocks: readonly { readonly left: SequenceNumber; readonly right: SequenceNumber }[];
    }
  | { readonly kind: "timestamps"; readonly value: number; readonly echo: number }
  | { readonly kind: "other"; readonly number: number; readonly bytes: Uint8Array };

export interface Segment {
  readonly family: Family;
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly seq: SequenceNumber;
  /** The field as it stands; it means something only where `flags` has ACK. */
  readonly ack: SequenceNumber;
  readonly flags: readonly Flag[];
  /** The field as it stands, before any window scale. */
  readonly window: number;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
  readonly payload: Uint8Array;
}

/** How many sequence numbers a segment consumes: its payload, and one each for SYN and FIN (RFC 9293 §3.4, SEG.LEN). */
export const segmentLength = (segment: { readonly flags: readonly Flag[]; readonly length: number }): number =>
  segment.length + (segment.flags.includes("SYN") ? 1 : 0) + (segment.flags.includes("FIN") ? 1 : 0);

/** The sequence number that follows a segment's last: what an ACK of all of it carries. */
export const sequenceAfter = (segment: {
  readonly flags: readonly Flag[];
  readonly length: number;
  readonly seq: number;
}): SequenceNumber => advance(sequence(segment.seq), segmentLength(segment));

// The sequence numbers of a held connection, as its segments leave and are handed on: what a forged one counts from, and what is owed or was dropped.

import { ENDS, type End, otherEnd } from "../tcp/end.ts";
import { type Endpoint, type Family, type Segment, sequenceAfter } from "../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
import { type CountedSegment, countSent, type SequenceBlock, UNTOLD } from "../tcp/sequence-block.ts";
import type { HeldSegment } from "./step-runner.ts";
import { ACKNOWLEDGED_MS } from "./wait.ts";

/** What the segment has that the peer takes for the very next one, and that acknowledges all it sent. */
export interface NextSegment extends Pick<Segment, "family" | "from" | "to" | "seq" | "ack"> {
  /** Of the RFC 7323 option; undefined where the end never sent one. */
  readonly timestamps: { readonly value: number; readonly echo: number } | undefined;
}

interface Tracked {
  /** What it sent. */
  block: SequenceBlock;
  /** The number after everything that was handed on in order to this end: its RCV.NXT. */
  receiveNext?: SequenceNumber;
  /** The newest that it sent. */
  timestamp?: number;
}

export class SequenceTracker {
  private readonly ends: Readonly<Record<End, Tracked>> = { client: { block: UNTOLD }, server: { block: UNTOLD } };
  /** performance.now(), when a segment or the last repeat of it was handed on. */
  private readonly deliveredAt = new Map<HeldSegment, number>();
  private readonly family: Family;
  private readonly endpoints: Readonly<Record<End, Endpoint>>;

  constructor(family: Family, endpoints: Readonly<Record<End, Endpoint>>) {
    this.family = family;
    this.endpoints = endpoints;
  }

  /** For a connection that was set up without a handshake: what each end sends next. */
  begin(next: Readonly<Record<End, number>>): void {
    for (const end of ENDS) {
      this.ends[end].block = { ...UNTOLD, next: sequence(next[end]) };
      this.ends[end].receiveNext = sequence(next[otherEnd(end)]);
    }
  }

  sent({ end, segment }: HeldSegment): void {
    const own = this.ends[end];
    own.block = countSent(own.block, counted(segment));
    for (const option of segment.options) if (option.kind === "timestamps") own.timestamp = option.value;
  }

  delivered(held: HeldSegment): void {
    const { repeats, end, segment } = held;
    this.deliveredAt.set(repeats ?? held, performance.now());
    const receiver = this.ends[otherEnd(end)];
    const after = sequenceAfter(counted(segment));
    if (receiver.receiveNext === undefined || segment.flags.includes("SYN")) {
      if (segment.flags.includes("SYN")) receiver.receiveNext = after;
      return;
    }
    const inOrder = distance(receiver.receiveNext, segment.seq) <= 0;
    if (inOrder && distance(receiver.receiveNext, after) > 0) receiver.receiveNext = after;
  }

  /** Whether an end has been handed something that it has not acknowledged yet: it may delay that ACK (RFC 9293 §3.8.6.3). */
  get ackIsOwed(): boolean {
    return ENDS.some((end) => {
      const { receiveNext, block } = this.ends[end];
      return (
        receiveNext !== undefined && block.acknowledged !== undefined && distance(block.acknowledged, receiveNext) > 0
      );
    });
  }

  /**
   * Whether a receiver has dropped what this segment repeats: all of it was handed on, the receiver's acknowledgement stands
   * in it, and whoever has received a segment has acknowledged it by now.
   */
  wasDropped({ repeats, end, segment }: HeldSegment): boolean {
    const at = repeats === undefined ? undefined : this.deliveredAt.get(repeats);
    const { block, receiveNext } = this.ends[otherEnd(end)];
    if (at === undefined || block.acknowledged === undefined || receiveNext === undefined) return false;
    const after = sequenceAfter(counted(segment));
    const isAwaited = distance(segment.seq, block.acknowledged) >= 0 && distance(block.acknowledged, after) > 0;
    return isAwaited && distance(after, receiveNext) >= 0 && performance.now() - at > ACKNOWLEDGED_MS;
  }

  /** For a segment that neither end sent, as if this end had. */
  nextFrom(end: End): NextSegment {
    const [own, receiver] = [this.ends[end], this.ends[otherEnd(end)]];
    return {
      family: this.family,
      from: this.endpoints[end],
      to: this.endpoints[otherEnd(end)],
      seq: receiver.receiveNext ?? own.block.next ?? sequence(0),
      ack: receiver.block.next ?? sequence(0),
      timestamps: own.timestamp === undefined ? undefined : { value: own.timestamp, echo: receiver.timestamp ?? 0 },
    };
  }
}

const counted = (segment: Segment): CountedSegment => ({ ...segment, length: segment.payload.length });

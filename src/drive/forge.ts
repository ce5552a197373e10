// Segments that neither end sent: forged from the numbers seen on the wire, or altered copies of held ones.

import { LabError } from "../fault.ts";
import { ENDS, type End, otherEnd } from "../tcp/end.ts";
import { readFlags } from "../tcp/flags.ts";
import { type Endpoint, type Family, type Segment, sequenceAfter, type TcpOption } from "../tcp/segment.ts";
import { decodeSegment, encodeSegment } from "../tcp/segment-codec.ts";
import { advance, distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
import type { HeldSegment } from "./step-runner.ts";
import { ACKNOWLEDGED_MS } from "./wait.ts";

export interface ForgedSegment {
  /** Octets from RCV.NXT of the end that will receive it (default 0: the very next number expected). */
  readonly seqPlus?: number;
  /** Octets from SND.NXT of the end that will receive it (default 0: acknowledges all it sent). */
  readonly ackPlus?: number;
  readonly payload?: string;
  readonly window?: number;
  readonly urgentPointer?: number;
  /** Of the RFC 7323 option, where the connection uses it: as a live segment's (default), too old (PAWS), or left out. */
  readonly timestamps?: "valid" | "old" | "absent";
}

/** What an altered copy has that its original had not. */
export interface Alteration {
  readonly seqPlus?: number;
  readonly ackPlus?: number;
  readonly flags?: string;
}

const WINDOW = 65_000;
/** Older than any timestamp of a connection that began a moment ago (RFC 7323 §5: PAWS). */
const OLD_BY = 100_000;

interface Seen {
  /** The number after everything that this end sent: its SND.NXT. */
  sendNext?: SequenceNumber;
  /** The number after everything that was handed on in order to this end: its RCV.NXT. */
  receiveNext?: SequenceNumber;
  /** What this end last acknowledged; none once it sent a RST. */
  acknowledged?: SequenceNumber | undefined;
  timestamp?: number;
}

export class SeenNumbers {
  private readonly seen: Record<End, Seen> = { client: {}, server: {} };
  /** performance.now(), when a segment or the last repeat of it was handed on. */
  private readonly deliveredAt = new Map<HeldSegment, number>();
  private readonly endpoints: Readonly<Record<End, Endpoint>>;
  private readonly family: Family;

  constructor(family: Family, endpoints: Readonly<Record<End, Endpoint>>) {
    this.family = family;
    this.endpoints = endpoints;
  }

  /** For a connection that was set up without a handshake: what each end sends next. */
  begin(next: Readonly<Record<End, number>>): void {
    for (const end of ENDS)
      this.seen[end] = { sendNext: sequence(next[end]), receiveNext: sequence(next[otherEnd(end)]) };
  }

  sent({ end, segment }: HeldSegment): void {
    const after = sequenceAfter({ ...segment, length: segment.payload.length });
    const own = this.seen[end];
    if (own.sendNext === undefined || segment.flags.includes("SYN") || distance(own.sendNext, after) > 0)
      own.sendNext = after;
    if (segment.flags.includes("RST")) own.acknowledged = undefined;
    else if (segment.flags.includes("ACK")) own.acknowledged = segment.ack;
    for (const option of segment.options) if (option.kind === "timestamps") own.timestamp = option.value;
  }

  delivered(held: HeldSegment): void {
    const { repeats, end, segment } = held;
    this.deliveredAt.set(repeats ?? held, performance.now());
    const receiver = this.seen[otherEnd(end)];
    const after = sequenceAfter({ ...segment, length: segment.payload.length });
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
      const { receiveNext, acknowledged } = this.seen[end];
      return receiveNext !== undefined && acknowledged !== undefined && distance(acknowledged, receiveNext) > 0;
    });
  }

  /**
   * Whether a receiver has dropped what this segment repeats: all of it was handed on, the receiver's acknowledgement stands
   * in it, and whoever has received a segment has acknowledged it by now.
   */
  wasDropped({ repeats, end, segment }: HeldSegment): boolean {
    const at = repeats === undefined ? undefined : this.deliveredAt.get(repeats);
    const { acknowledged, receiveNext } = this.seen[otherEnd(end)];
    if (at === undefined || acknowledged === undefined || receiveNext === undefined) return false;
    const after = sequenceAfter({ ...segment, length: segment.payload.length });
    const isAwaited = distance(segment.seq, acknowledged) >= 0 && distance(acknowledged, after) > 0;
    return isAwaited && distance(after, receiveNext) >= 0 && performance.now() - at > ACKNOWLEDGED_MS;
  }

  /** An IP packet from `from` with these flags. */
  forge(from: End, flags: string, forged: ForgedSegment): Uint8Array {
    const receiver = this.seen[otherEnd(from)];
    const own = this.seen[from];
    const segment: Segment = {
      family: this.family,
      from: this.endpoints[from],
      to: this.endpoints[otherEnd(from)],
      seq: advance(receiver.receiveNext ?? own.sendNext ?? sequence(0), forged.seqPlus ?? 0),
      ack: advance(receiver.sendNext ?? sequence(0), forged.ackPlus ?? 0),
      flags: flagsNamed(flags),
      window: forged.window ?? WINDOW,
      urgentPointer: forged.urgentPointer ?? 0,
      options: this.timestampOption(from, forged.timestamps ?? "valid"),
      payload: new TextEncoder().encode(forged.payload ?? ""),
    };
    return encodeSegment(segment);
  }

  private timestampOption(from: End, kind: "valid" | "old" | "absent"): readonly TcpOption[] {
    const value = this.seen[from].timestamp;
    if (kind === "absent" || value === undefined) return [];
    const echo = this.seen[otherEnd(from)].timestamp ?? 0;
    return [
      { kind: "nop" },
      { kind: "nop" },
      { kind: "timestamps", value: (kind === "old" ? value - OLD_BY : value) >>> 0, echo },
    ];
  }
}

export function alterPacket(packet: Uint8Array, change: Alteration): Uint8Array {
  const segment = decodeSegment(packet);
  return encodeSegment({
    ...segment,
    seq: advance(segment.seq, change.seqPlus ?? 0),
    ack: advance(segment.ack, change.ackPlus ?? 0),
    flags: change.flags === undefined ? segment.flags : flagsNamed(change.flags),
  });
}

function flagsNamed(text: string) {
  const flags = readFlags(text);
  if (flags === undefined)
    throw new LabError(`lab: flags "${text}": not a combination of SYN FIN RST PSH URG ACK ECE CWR`);
  return flags;
}

// Packets that neither end sent: forged from the numbers that a connection has reached, or altered copies of held ones.

import { LabError } from "../fault.ts";
import { readFlags } from "../tcp/flags.ts";
import type { TcpOption } from "../tcp/segment.ts";
import { decodeSegment, encodeSegment } from "../tcp/segment-codec.ts";
import { advance } from "../tcp/sequence.ts";
import type { NextSegment } from "./sequence-tracker.ts";

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

/** `next`: the segment that its numbers count from. */
export function forgePacket(
  { timestamps, ...next }: NextSegment,
  flags: string,
  { seqPlus = 0, ackPlus = 0, ...forged }: ForgedSegment,
): Uint8Array {
  return encodeSegment({
    ...next,
    seq: advance(next.seq, seqPlus),
    ack: advance(next.ack, ackPlus),
    flags: flagsNamed(flags),
    window: forged.window ?? WINDOW,
    urgentPointer: forged.urgentPointer ?? 0,
    options: timestampOption(timestamps, forged.timestamps),
    payload: new TextEncoder().encode(forged.payload ?? ""),
  });
}

function timestampOption(
  next: NextSegment["timestamps"],
  kind: ForgedSegment["timestamps"] = "valid",
): readonly TcpOption[] {
  if (kind === "absent" || next === undefined) return [];
  const value = kind === "old" ? (next.value - OLD_BY) >>> 0 : next.value;
  return [{ kind: "nop" }, { kind: "nop" }, { kind: "timestamps", value, echo: next.echo }];
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

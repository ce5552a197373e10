// One notation for what came of a segment, documented or seen: "ACK seq=SND.NXT ack=RCV.NXT+1; CLOSE_WAIT".

import { type Flag, formatFlags } from "../../tcp/flags.ts";
import { distance, type SequenceNumber } from "../../tcp/sequence.ts";
import type { SequenceBlock } from "../../tcp/sequence-block.ts";
import type { TcpState } from "../../tcp/state.ts";

/** What the numbers of an answer are counted from: those the end had before, or else those of the segment it met. */
export interface NumberBase {
  readonly own: Pick<SequenceBlock, "next" | "acknowledged">;
  readonly met: Numbered;
}

/** What the notation tells of a segment. */
export interface Numbered {
  readonly flags: readonly Flag[];
  readonly seq: SequenceNumber;
  readonly ack: SequenceNumber;
}

export function formatEncounter(replies: readonly Numbered[], state: TcpState, base: NumberBase): string {
  const answer = replies.length === 0 ? "nothing" : replies.map((reply) => formatReply(reply, base)).join(", ");
  return `${answer}; ${state}`;
}

function formatReply(reply: Numbered, base: NumberBase): string {
  const ack = reply.flags.includes("ACK") ? ` ack=${formatAck(reply, base)}` : "";
  return `${formatFlags(reply.flags)} seq=${formatSeq(reply, base)}${ack}`;
}

function formatSeq({ flags, seq }: Numbered, { own, met }: NumberBase): string {
  if (seq === 0 && flags.includes("RST")) return "0";
  if (own.next !== undefined) return from("SND.NXT", own.next, seq);
  if (flags.includes("SYN")) return "ISS";
  return met.flags.includes("ACK") ? from("SEG.ACK", met.ack, seq) : String(seq);
}

/** A reset acknowledges the segment that it refuses, wherever that was. */
const formatAck = ({ flags, ack }: Numbered, { own, met }: NumberBase): string =>
  own.acknowledged === undefined || flags.includes("RST")
    ? from("SEG.SEQ", met.seq, ack)
    : from("RCV.NXT", own.acknowledged, ack);

function from(name: string, base: SequenceNumber, number: SequenceNumber): string {
  const plus = distance(base, number);
  return plus === 0 ? name : `${name}${plus > 0 ? "+" : ""}${plus}`;
}

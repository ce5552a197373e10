// What is known of the sequence numbers of one end, counted from the segments that tell of them (RFC 9293 §3.3.1, §3.4).

import type { Flag } from "./flags.ts";
import { sequenceAfter } from "./segment.ts";
import { distance, type SequenceNumber, sequence } from "./sequence.ts";

export interface SequenceBlock {
  /**
   * Its initial numbers (ISS), several where the ports were used again; where no SYN of its own told one, the first number
   * that was told of it; none before that.
   */
  readonly initial: readonly SequenceNumber[];
  /** Whether an end of the connection told `initial`: it knows its own number, and the one that it acknowledges. */
  readonly isSure: boolean;
  /** Whether the last that it sent, but for resets, is a SYN without an ACK, or says that SYN again. */
  readonly isOpening: boolean;
  /** SND.NXT: the number after everything that it sent. */
  readonly next: SequenceNumber | undefined;
  /** RCV.NXT, as it told it last; none once it sent a reset. */
  readonly acknowledged: SequenceNumber | undefined;
}

export interface CountedSegment {
  readonly flags: readonly Flag[];
  readonly seq: number;
  readonly ack: number;
  /** Octets of payload. */
  readonly length: number;
}

/** Of an end of which nothing was told yet. */
export const UNTOLD: SequenceBlock = {
  initial: [],
  isSure: false,
  isOpening: false,
  next: undefined,
  acknowledged: undefined,
};

/** After a segment that the end itself sent, for the first time or again. */
export function countSent(block: SequenceBlock, segment: CountedSegment): SequenceBlock {
  const { flags } = segment;
  const seq = sequence(segment.seq);
  const after = sequenceAfter(segment);
  const [opens, answers] = [flags.includes("SYN"), flags.includes("ACK")];
  const ack = answers ? sequence(segment.ack) : undefined;
  // A reset borrows its number from what it answers; one in between, which answers an old duplicate, opens nothing and ends nothing.
  if (flags.includes("RST"))
    return { ...countTold(block, seq, false), next: block.next ?? after, acknowledged: undefined };
  // Where SYNs cross, the SYN ACK says an end's own SYN again (RFC 9293 §3.5, figure 7).
  const isAgain = (answers && block.isOpening) || (block.isSure && block.initial.includes(seq));
  if (opens && !isAgain)
    return {
      initial: block.isSure ? [...block.initial, seq] : [seq],
      isSure: true,
      isOpening: !answers,
      next: after,
      acknowledged: ack,
    };
  return {
    ...countTold(block, seq, true),
    isOpening: opens && block.isOpening,
    next: later(block.next, after),
    acknowledged: later(block.acknowledged, ack),
  };
}

/** After somebody named a number of the end's; `isSure`: an end of the connection did. A forged segment may say anything. */
export function countTold(block: SequenceBlock, number: SequenceNumber, isSure: boolean): SequenceBlock {
  if (block.initial.length > 0 && (block.isSure || !isSure)) return block;
  return { ...block, initial: [number], isSure };
}

/** How far a number lies past the nearest of the end's initial numbers; undefined where none is known. */
export function relativeNumber({ initial }: SequenceBlock, number: SequenceNumber): number | undefined {
  if (initial.length === 0) return undefined;
  const distances = initial.map((first) => distance(first, number));
  return distances.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least));
}

function later(known: SequenceNumber | undefined, told: SequenceNumber | undefined): SequenceNumber | undefined {
  if (known === undefined || told === undefined) return told ?? known;
  return distance(known, told) > 0 ? told : known;
}

// Whether a segment that the kernel sends again carries the octets that had its numbers first.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { distance, type SequenceNumber, sequence } from "../../tcp/sequence.ts";
import type { Payloads } from "../payloads.ts";

const NOTHING = new Uint8Array();

/** `originals`: those whose numbers it repeats. */
export function carriesTheSame(repeat: SegmentLine, originals: readonly SegmentLine[], payloads: Payloads): boolean {
  const own = Buffer.from(payloads.get(repeat.id) ?? NOTHING);
  return originals.every((original) => {
    const first = payloads.get(original.id) ?? NOTHING;
    const ahead = distance(firstOctet(original), firstOctet(repeat));
    const from = Math.max(0, ahead);
    const to = Math.max(from, Math.min(first.length, ahead + own.length));
    return own.subarray(from - ahead, to - ahead).equals(first.subarray(from, to));
  });
}

const firstOctet = ({ seq, flags }: SegmentLine): SequenceNumber => sequence(seq + (flags.includes("SYN") ? 1 : 0));

// Recognises retransmissions: a segment whose sequence numbers were all sent before, perhaps cut differently.

import { type Segment, sequenceAfter } from "../tcp/segment.ts";
import { distance, type SequenceNumber } from "../tcp/sequence.ts";

interface Sent {
  readonly line: string;
  readonly first: SequenceNumber;
  readonly after: SequenceNumber;
  readonly acknowledges: boolean;
}

/** What of a segment tells whether it repeats another. */
export type Numbered = Pick<Segment, "from" | "to" | "flags" | "seq"> & {
  readonly payload: { readonly length: number };
};

export class Repeats {
  private readonly streams = new Map<string, Sent[]>();

  /** The line that `segment` repeats, or undefined when it is new (and then remembered as `line`). */
  recognise(segment: Numbered, line: string): string | undefined {
    const after = sequenceAfter({ ...segment, length: segment.payload.length });
    // Pure ACKs, probes and resets consume no number: each is an event of its own.
    if (after === segment.seq) return undefined;
    const stream = this.streamOf(segment);
    const acknowledges = segment.flags.includes("ACK");
    const original = stream.find(
      (sent) =>
        // A SYN that became a SYN ACK, as in a simultaneous open, says something new.
        sent.acknowledges === acknowledges &&
        distance(sent.first, segment.seq) >= 0 &&
        distance(segment.seq, sent.after) > 0,
    );
    const isNew = stream.every((sent) => sent.acknowledges !== acknowledges || distance(sent.after, after) > 0);
    if (original !== undefined && !isNew) return original.line;
    stream.push({ line, first: segment.seq, after, acknowledges });
    return undefined;
  }

  private streamOf({ from, to, flags }: Numbered): Sent[] {
    const key = `${from.address} ${from.port} ${to.address} ${to.port} ${flags.includes("SYN")}`;
    const stream = this.streams.get(key) ?? [];
    this.streams.set(key, stream);
    return stream;
  }
}

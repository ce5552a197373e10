// Recognises what the kernel sends again by itself: a segment whose sequence numbers were all sent before, perhaps cut
// differently, and TIME_WAIT's answer to a FIN that came again.

import { type Endpoint, type Segment, sequenceAfter } from "../tcp/segment.ts";
import { distance, type SequenceNumber } from "../tcp/sequence.ts";

interface Sent {
  readonly line: string;
  readonly first: SequenceNumber;
  readonly after: SequenceNumber;
  readonly acknowledges: boolean;
}

/** What of a segment tells whether it repeats another. */
export type Numbered = Pick<Segment, "from" | "to" | "flags" | "seq" | "ack"> & {
  readonly payload: { readonly length: number };
};

export class Repeats {
  private readonly streams = new Map<string, Sent[]>();
  /** The pure ACKs of each stream, by their numbers. */
  private readonly acknowledgements = new Map<string, string>();
  /** The number after the FIN that a stream's last segment repeated. */
  private readonly repeatedFin = new Map<string, SequenceNumber>();

  /** The line that `segment` repeats, or undefined when it is new (and then remembered as `line`). */
  recognise(segment: Numbered, line: string): string | undefined {
    const after = sequenceAfter({ ...segment, length: segment.payload.length });
    // Pure ACKs, probes and resets consume no number: each is an event of its own.
    if (after === segment.seq) return this.answerToRepeat(segment, line);
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
    const repeated = original !== undefined && !isNew ? original.line : undefined;
    if (repeated === undefined) stream.push({ line, first: segment.seq, after, acknowledges });
    const path = pathOf(segment.from, segment.to);
    if (repeated !== undefined && segment.flags.includes("FIN")) this.repeatedFin.set(path, after);
    else this.repeatedFin.delete(path);
    return repeated;
  }

  /** No gate guards TIME_WAIT: a FIN that its peer repeats arrives there at once, and is answered with the same ACK. */
  private answerToRepeat({ from, to, flags, seq, ack }: Numbered, line: string): string | undefined {
    if (flags.join(" ") !== "ACK") return undefined;
    const numbers = `${pathOf(from, to)} ${seq} ${ack}`;
    const before = this.acknowledgements.get(numbers);
    if (before === undefined) this.acknowledgements.set(numbers, line);
    const provoked = this.repeatedFin.get(pathOf(to, from)) === ack;
    this.repeatedFin.delete(pathOf(to, from));
    return provoked ? before : undefined;
  }

  private streamOf({ from, to, flags }: Numbered): Sent[] {
    const key = `${pathOf(from, to)} ${flags.includes("SYN")}`;
    const stream = this.streams.get(key) ?? [];
    this.streams.set(key, stream);
    return stream;
  }
}

const pathOf = (from: Endpoint, to: Endpoint): string => `${from.address} ${from.port} ${to.address} ${to.port}`;

// Recognises what the kernel sends again by itself: a segment whose sequence numbers were all sent before, perhaps cut
// differently; and where no gate stands, what such a segment is answered with again.

import { formatFlags } from "../tcp/flags.ts";
import { type Segment, sequenceAfter } from "../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
import { ByPath } from "./by-path.ts";

interface Sent<T> {
  readonly one: T;
  readonly first: SequenceNumber;
  readonly after: SequenceNumber;
}

/** What of a segment tells whether it repeats another. */
export type Numbered = Pick<Segment, "from" | "to" | "flags"> & {
  readonly seq: number;
  readonly ack: number;
  /** Octets of payload. */
  readonly length: number;
};

/** `T`: what stands for a segment, and is given back for one that repeats it. */
export class Repeats<T> {
  /** SYNs apart, and a SYN that became a SYN ACK, as in a simultaneous open: it says something new. */
  private readonly streams = Array.from({ length: 4 }, () => new ByPath<Sent<T>[]>());
  /** The pure ACKs and resets of each path, by their flags and numbers. */
  private readonly answers = new ByPath<Map<string, T>>();
  /** The paths whose last segment was a repeat: the number after it, and whether it was a FIN. */
  private readonly provoking = new ByPath<{ readonly after: SequenceNumber; readonly fin: boolean }>();

  /** The one that `segment` repeats, or undefined when it is new (and then remembered as `one`). */
  recognise(segment: Numbered, one: T): T | undefined {
    const first = sequence(segment.seq);
    const after = sequenceAfter(segment);
    // Pure ACKs, probes and resets consume no number: each is an event of its own.
    if (after === first) return this.answerToRepeat(segment, one);
    const stream = this.streamOf(segment);
    const original = stream.find((sent) => distance(sent.first, first) >= 0 && distance(first, sent.after) > 0);
    const isNew = original === undefined || stream.every((sent) => distance(sent.after, after) > 0);
    if (isNew) {
      stream.push({ one, first, after });
      this.provoking.delete(segment.from, segment.to);
      return undefined;
    }
    this.provoking.set(segment.from, segment.to, { after, fin: segment.flags.includes("FIN") });
    return original.one;
  }

  /**
   * No gate guards TIME_WAIT, nor a port where no socket is: a FIN or SYN that its peer repeats arrives there at once, and is
   * answered with the same ACK or reset.
   */
  private answerToRepeat({ from, to, flags, seq, ack }: Numbered, one: T): T | undefined {
    const resets = flags.includes("RST");
    if (!resets && !(flags.length === 1 && flags[0] === "ACK")) return undefined;
    const answers = this.answers.getOrMake(from, to, () => new Map());
    const numbers = `${formatFlags(flags)} ${seq} ${ack}`;
    const before = answers.get(numbers);
    if (before === undefined) answers.set(numbers, one);
    const provoked = this.provoking.get(to, from);
    if (provoked === undefined) return undefined;
    this.provoking.delete(to, from);
    return resets || (provoked.fin && provoked.after === ack) ? before : undefined;
  }

  private streamOf({ from, to, flags }: Numbered): Sent<T>[] {
    const kind = (flags.includes("SYN") ? 2 : 0) + (flags.includes("ACK") ? 1 : 0);
    return (this.streams[kind] as ByPath<Sent<T>[]>).getOrMake(from, to, () => []);
  }
}

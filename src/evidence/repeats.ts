// Recognises what the kernel sends again by itself: a segment whose sequence numbers were all sent before, perhaps cut
// differently; and where no gate stands, what such a segment is answered with again.

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
  /** The pure ACKs and resets of each path, by their flags and numbers. */
  private readonly answers = new Map<string, string>();
  /** The paths whose last segment was a repeat: the number after it, and whether it was a FIN. */
  private readonly provoking = new Map<string, { readonly after: SequenceNumber; readonly fin: boolean }>();

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
    if (repeated === undefined) this.provoking.delete(path);
    else this.provoking.set(path, { after, fin: segment.flags.includes("FIN") });
    return repeated;
  }

  /**
   * No gate guards TIME_WAIT, nor a port where no socket is: a FIN or SYN that its peer repeats arrives there at once, and is
   * answered with the same ACK or reset.
   */
  private answerToRepeat({ from, to, flags, seq, ack }: Numbered, line: string): string | undefined {
    const resets = flags.includes("RST");
    if (!resets && flags.join(" ") !== "ACK") return undefined;
    const numbers = `${pathOf(from, to)} ${flags.join(" ")} ${seq} ${ack}`;
    const before = this.answers.get(numbers);
    if (before === undefined) this.answers.set(numbers, line);
    const provoked = this.provoking.get(pathOf(to, from));
    this.provoking.delete(pathOf(to, from));
    if (provoked === undefined) return undefined;
    return resets || (provoked.fin && provoked.after === ack) ? before : undefined;
  }

  private streamOf({ from, to, flags }: Numbered): Sent[] {
    const key = `${pathOf(from, to)} ${flags.includes("SYN")}`;
    const stream = this.streams.get(key) ?? [];
    this.streams.set(key, stream);
    return stream;
  }
}

const pathOf = (from: Endpoint, to: Endpoint): string => `${from.address} ${from.port} ${to.address} ${to.port}`;

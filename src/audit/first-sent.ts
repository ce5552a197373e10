// What the kernel sent first of every stream's numbers in one scene: what a segment that repeats some of them must carry again.

import type { SegmentLine } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import { type Endpoint, segmentLength, sequenceAfter } from "../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";

export class FirstSent {
  private readonly streams = new Map<string, SegmentLine[]>();
  /** Both directions of the connections whose SYN or SYN ACK asked for ECN, whoever made it. */
  private readonly withEcn = new Set<string>();
  /** The ends whose program wrote urgent octets, of which the tape may have seen nothing yet. */
  private readonly urgent = new Set<End>();

  /** A segment that repeats none. One without a number of its own leaves nothing to repeat. */
  add(line: SegmentLine): void {
    if (segmentLength(line) === 0) return;
    this.streamOf(line).push(line);
  }

  writeUrgent(end: End): void {
    this.urgent.add(end);
  }

  wroteUrgent(end: End): boolean {
    return this.urgent.has(end);
  }

  /** Of every segment, whatever its origin: who asks for ECN. */
  hear({ from, to, flags }: SegmentLine): void {
    if (flags.includes("SYN") && flags.includes("ECE")) this.withEcn.add(pathOf(from, to)).add(pathOf(to, from));
  }

  asksForEcn({ from, to }: SegmentLine): boolean {
    return this.withEcn.has(pathOf(from, to));
  }

  /** Those that a repeat takes its numbers from, in the order in which they were sent. */
  under(repeat: SegmentLine): readonly SegmentLine[] {
    const after = sequenceAfter(repeat);
    return this.streamOf(repeat).filter(
      (line) => distance(sequence(line.seq), after) > 0 && distance(sequence(repeat.seq), sequenceAfter(line)) > 0,
    );
  }

  /** The number after the urgent octets of a repeat's stream; undefined where none were sent. */
  urgentEnd(repeat: SegmentLine): SequenceNumber | undefined {
    const last = this.streamOf(repeat).findLast(({ flags }) => flags.includes("URG"));
    return last && sequence(last.seq + last.urgentPointer);
  }

  /**
   * A SYN is apart: octets that it carried are sent again without it (RFC 7413), and a SYN ACK of a simultaneous open has its
   * number and says something new.
   */
  private streamOf({ from, to, flags }: SegmentLine): SegmentLine[] {
    const key = `${pathOf(from, to)} ${flags.includes("SYN")} ${flags.includes("ACK")}`;
    const stream = this.streams.get(key) ?? [];
    this.streams.set(key, stream);
    return stream;
  }
}

const pathOf = (from: Endpoint, to: Endpoint): string => `${from.address} ${from.port} ${to.address} ${to.port}`;

// What the kernel sent first of every stream's numbers in one scene: what a segment that repeats some of them must carry again.

import { ByPath } from "../../evidence/by-path.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import type { End } from "../../tcp/end.ts";
import { segmentLength, sequenceAfter } from "../../tcp/segment.ts";
import { distance, type SequenceNumber, sequence } from "../../tcp/sequence.ts";

const DEFAULT_MSS = 536;
/** Octets that a header's options take of a segment at most. */
const OPTIONS = 40;
/** Octets, where nobody saw the peer's SYN: Linux sends no less in one segment, as half of a window that is above 536. */
const WITHOUT_SYN = 268;

export class FirstSent {
  /**
   * SYNs apart: octets that one carried are sent again without it (RFC 7413), and a SYN ACK of a simultaneous open has its
   * number and says something new.
   */
  private readonly streams = Array.from({ length: 4 }, () => new ByPath<SegmentLine[]>());
  /** Both directions of the connections whose SYN or SYN ACK asked for ECN, whoever made it. */
  private readonly withEcn = new ByPath<true>();
  /** Octets, by the path that they go. */
  private readonly oneSegment = new ByPath<number>();
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

  /** Of every segment, whatever its origin: who asks for ECN, and what is never more than one segment to whoever gets it. */
  hear({ from, to, flags, options, window }: SegmentLine): void {
    if (!flags.includes("SYN")) return;
    if (flags.includes("ECE")) {
      this.withEcn.set(from, to, true);
      this.withEcn.set(to, from, true);
    }
    const octets = Math.min(largestSegment(options) - OPTIONS, Math.floor(window / 2));
    this.oneSegment.set(to, from, Math.min(octets, this.oneSegment.get(to, from) ?? Infinity));
  }

  /** Octets that the kernel surely sent, or sends, as one segment: more may have been several, handed down together (GSO). */
  isOneSegment({ from, to, length }: SegmentLine): boolean {
    return length <= (this.oneSegment.get(from, to) ?? WITHOUT_SYN);
  }

  asksForEcn({ from, to }: SegmentLine): boolean {
    return this.withEcn.get(from, to) === true;
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

  private streamOf({ from, to, flags }: SegmentLine): SegmentLine[] {
    const kind = (flags.includes("SYN") ? 2 : 0) + (flags.includes("ACK") ? 1 : 0);
    return (this.streams[kind] as ByPath<SegmentLine[]>).getOrMake(from, to, () => []);
  }
}

/** Of a peer that named none (RFC 9293 §3.7.1). */
function largestSegment(options: readonly string[]): number {
  const [, octets] = /^mss (\d+)$/.exec(options.find((option) => option.startsWith("mss ")) ?? "") ?? [];
  return octets === undefined ? DEFAULT_MSS : Number(octets);
}

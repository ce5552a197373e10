// How the kernel's counters (OutSegs + RetransSegs) count the frames on the tape: nearly always one for one.

import { readSegmentCounts } from "../kernel/tcp-counters.ts";
import type { End } from "../tcp/end.ts";
import type { Segment } from "../tcp/segment.ts";

/** Each takes some hundredths of a millisecond. */
const TURNS = 100;

interface Frame {
  readonly end: End;
  readonly segment: Segment;
  readonly repeats?: string;
}

/**
 * Seen on Linux 6.18: the SYN ACK that answers a crossing SYN sends the SYN's own number again and is counted by
 * neither (tcp_transmit_skb); a listener's repeated SYN ACK is counted by both (tcp_make_synack, tcp_rtx_synack).
 */
export class CountedFrames {
  frames = 0;
  asCounted = 0;
  private readonly opened = new Set<string>();

  /**
   * How many segments the kernel sent since it had sent `before`, at a moment at which the tape had been read as far: its
   * timers may send while one of the two is being read.
   */
  kernelSent(before: number, readTape: () => void): number {
    for (let turn = 1; ; turn++) {
      const { sent } = readSegmentCounts();
      readTape();
      const settled = readSegmentCounts().sent === sent && this.asCounted >= sent - before;
      if (settled || turn === TURNS) return sent - before;
    }
  }

  take({ segment, repeats }: Frame): void {
    this.frames++;
    this.asCounted += this.countOf(segment, repeats !== undefined);
  }

  private countOf({ flags, from, to }: Segment, repeats: boolean): number {
    if (!flags.includes("SYN")) return 1;
    const stream = `${from.port} ${to.port}`;
    if (!flags.includes("ACK")) {
      this.opened.add(stream);
      return 1;
    }
    const crossing = this.opened.has(stream);
    return (crossing ? 0 : 1) + (repeats ? 1 : 0);
  }
}

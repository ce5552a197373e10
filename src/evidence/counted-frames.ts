// How the kernel's counters (OutSegs + RetransSegs) count the frames on the tape: one for one, but for two SYN ACKs and for what GSO puts into one frame.

import type { SegmentLine } from "./timeline.ts";

type Frame = Pick<SegmentLine, "from" | "to" | "flags" | "length" | "gsoSize"> & {
  /** Whatever it repeats; undefined: it is sent for the first time. */
  readonly repeats?: unknown;
};

/**
 * Seen on Linux 6.18: the SYN ACK that answers a crossing SYN sends the SYN's own number again and is counted by
 * neither (__tcp_transmit_skb); a listener's repeated SYN ACK is counted by both (tcp_make_synack, tcp_rtx_synack).
 */
export class CountedFrames {
  frames = 0;
  asCounted = 0;
  private readonly opened = new Set<string>();

  take(frame: Frame): void {
    this.frames++;
    this.asCounted += frame.flags.includes("SYN") ? this.countOfSyn(frame) : countOfOther(frame);
  }

  private countOfSyn({ flags, from, to, repeats }: Frame): number {
    const stream = `${from.port} ${to.port}`;
    if (!flags.includes("ACK")) {
      this.opened.add(stream);
      return 1;
    }
    const crossing = this.opened.has(stream);
    return (crossing ? 0 : 1) + (repeats === undefined ? 0 : 1);
  }
}

/**
 * Sent first (__tcp_transmit_skb) or again (__tcp_retransmit_skb), a frame adds tcp_skb_pcount(): what
 * tcp_set_skb_tso_segs() made of its payload, which is 1 where no gso_size was set. A FIN is no payload.
 */
const countOfOther = ({ length, gsoSize }: Frame): number => (gsoSize === undefined ? 1 : Math.ceil(length / gsoSize));

// What a known deviation is: a situation in which Linux is known to do otherwise than the RFCs say, what it does, and why.

import type { KernelChange } from "../kernel-changes/kernel-change.ts";
import type { ArrivingSegment, Outcome, TransmissionControlBlock } from "../transmission-control-block.ts";

export interface KnownDeviation {
  /** Words, permanent. */
  readonly id: string;
  /** The kernel's function that does so: "tcp_check_req()". */
  readonly where: string;
  /** Why, in a few plain sentences. */
  readonly reason: string;
  /** Exactly what Linux does; undefined where this deviation is not about such a segment. */
  readonly instead: Instead;
}

/** What kernels without a change do where it makes a difference, be it as the RFCs say or not. */
export interface FormerAnswer {
  readonly change: KernelChange;
  readonly instead: Instead;
}

type Instead = (tcb: TransmissionControlBlock, segment: ArrivingSegment) => Answer | undefined;

export type Answer = Pick<Outcome, "replies" | "state">;

// How a question names one segment of a scene, and one number of it.

import type { End } from "../tcp/end.ts";
import type { Flag } from "../tcp/flags.ts";

/** Which segment of a scene is meant: the nth (from 1; -1 is the last) of those that match. Repeats do not count unless asked for. */
export interface Pick {
  readonly end?: End;
  /** Exactly these flags: "SYN ACK". */
  readonly flags?: string;
  /** At least these flags: "FIN". */
  readonly having?: string;
  readonly carries?: "data" | "nothing";
  readonly nth?: number;
  /** Only what was first seen while this step was under way or stood. */
  readonly during?: string;
  /** `only`: repeats alone; `too`: originals and repeats. */
  readonly repeats?: "only" | "too";
  /** Default: what the kernel sent. */
  readonly origin?: "kernel" | "forged" | "altered";
}

export type SegmentField = "seq" | "ack" | "length" | "window" | "urgentPointer";

/** One number of one segment; "SYN", "ACK", ... is the bit itself: 0 or 1. */
export interface Operand {
  readonly pick: Pick;
  readonly field: SegmentField | Flag;
}

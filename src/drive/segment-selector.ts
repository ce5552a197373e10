// Which held segment a lab means, how it is found, and how it is spelled in the story.

import type { End } from "../tcp/end.ts";
import { areMeantBy, formatFlags } from "../tcp/flags.ts";
import type { HeldSegment } from "./step-runner.ts";

/** Which held segment is meant, where its flags alone do not say. */
export interface SegmentSelector {
  /** Whose it is, where both ends sent such a one. */
  readonly from?: End;
  /** The nth held of these, from 1; a later one first is reordering. */
  readonly nth?: number;
  /** A repeat (retransmission) of what was sent before; else repeats are passed over. */
  readonly repeat?: boolean;
  /** After `alter`: the original stays held, to be decided on later. */
  readonly keep?: boolean;
}

export const formatNumbers = ({ segment, line }: HeldSegment): string => {
  const ack = segment.flags.includes("ACK") ? ` ack=${segment.ack}` : "";
  const data = segment.payload.length > 0 ? ` with ${segment.payload.length} octets` : "";
  return `${formatFlags(segment.flags)} seq=${segment.seq}${ack}${data} (frame ${line?.frame ?? 0})`;
};

/** "hands on 51 segments as they come": a repeat is among them only where its receiver seems to have dropped what it repeats. */
export function formatFlow(delivered: readonly HeldSegment[]): string {
  const again = delivered.filter(({ repeats }) => repeats !== undefined).length;
  const why = again === 0 ? "" : `; ${again} of them again, since no acknowledgement had come`;
  return `hands on ${delivered.length} segments as they come${why}`;
}

/** "deliver client SYN": the fate, whose where it was said, and the flags. */
export const stepName = (verb: string, flags: string, { from, repeat }: SegmentSelector): string =>
  [verb, from, repeat ? "repeated" : undefined, flags].filter((word) => word !== undefined).join(" ");

/** A held segment that a step waits for before it begins. */
export class AwaitedSegment {
  private held: HeldSegment | undefined;
  private readonly search: () => Promise<HeldSegment>;

  constructor(search: () => Promise<HeldSegment>) {
    this.search = search;
  }

  async wait(): Promise<void> {
    this.held = await this.search();
  }

  get segment(): HeldSegment {
    if (this.held === undefined) throw new Error("held wire: a fate without a segment");
    return this.held;
  }
}

export const matchesSelector = (held: HeldSegment, flags: string, which: SegmentSelector): boolean =>
  areMeantBy(flags, held.segment.flags) &&
  (which.from === undefined || held.end === which.from) &&
  (held.repeats !== undefined) === (which.repeat ?? false);

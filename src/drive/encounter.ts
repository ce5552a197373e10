// An encounter: one connection brought to a state without looks, and the one forged segment that it meets there.

import type { Way } from "./reach-state.ts";

export interface Encounter {
  /** Its name among the scene's: "fin-ack-next-ack-old". */
  readonly id: string;
  readonly way: Way;
  readonly segment: {
    readonly flags: string;
    readonly payload: string;
    readonly urgentPointer: number;
    /** From RCV.NXT, in a receive window of so many octets. */
    readonly seqPlus: (window: number) => number;
    /** From SND.NXT. */
    readonly ackPlus: number;
    readonly timestamps: "valid" | "old" | "absent";
  };
}

/** The steps of one encounter in the timeline: the way there, and the meeting. */
export const reachStep = (encounter: string): string => `reach ${encounter}`;
export const meetStep = (encounter: string): string => `meet ${encounter}`;

// An encounter: one connection brought to a state without looks, and the one forged segment that it meets there.

import type { End } from "../tcp/end.ts";
import type { TcpState } from "../tcp/state.ts";
import type { HeldWire } from "./held-wire.ts";
import type { SteppedCalls } from "./user-calls.ts";

/** What a way is walked with: two ends that have done nothing yet, and the held wire between them. */
export interface Walk {
  readonly client: SteppedCalls;
  readonly server: SteppedCalls;
  readonly wire: Pick<HeldWire, "deliver" | "drop" | "forge">;
}

/** How a connection is brought to a state. */
export interface Way {
  readonly state: TcpState;
  /** The end that arrives there. Whatever the other end is in, it hears only what the wire hands on. */
  readonly subject: End;
  readonly walk: (walk: Walk) => Promise<void>;
}

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

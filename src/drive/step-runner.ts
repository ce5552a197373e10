// What the verbs of a lab need from whoever runs a scene: to have each step written down, and the tape read.

import type { Action, SegmentLine } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import type { Segment } from "../tcp/segment.ts";

/** What a step came to, in words for the story and as facts for the claims. */
export interface StepResult {
  /** Whole, in the present tense: "The client calls connect(): a SYN leaves." */
  readonly sentence: string;
  readonly outcome: Action["outcome"];
  readonly fate?: NonNullable<Action["fate"]>;
  /** The timeline's ids of the segments that this fate met. */
  readonly segments?: readonly string[];
}

/** `error`: an errno by name. */
export const refused = (error: string) => ({ ok: false, error }) as const;

/** What becomes of a held segment. */
export type Decision = "deliver" | "drop" | "duplicate";

export interface Step {
  readonly actor: Action["actor"];
  /** Its name in the scene, the same in every run: "client connect", "deliver SYN ACK". What repeats is numbered by the runner: "#2". */
  readonly name: string;
  /** Waits for what the step needs; what comes meanwhile still belongs to the step before. */
  readonly prepare?: () => Promise<void>;
  readonly execute: () => StepResult | Promise<StepResult>;
  /** What a person who steps through the scene may choose in its stead, for the segment that the step is about. */
  readonly choice?: {
    readonly segment: () => HeldSegment | undefined;
    readonly others: Readonly<Record<Exclude<Decision, "deliver">, Pick<Step, "name" | "execute">>>;
  };
}

/** A segment on the wire that no socket has received yet. */
export interface HeldSegment {
  /** Where it stands in the evidence; absent where it is not written down. */
  readonly line?: Pick<SegmentLine, "id" | "frame">;
  readonly end: End;
  readonly segment: Segment;
  /** The IP packet as captured. */
  readonly packet: Uint8Array;
  /** Octets of payload of each segment that the kernel counts this frame as; absent: it is one. */
  readonly gsoSize?: number;
  /** Sends again, in whole or in part, what this earlier one already sent. */
  readonly repeats?: HeldSegment;
}

/** Their lines in the evidence. */
export const linesOf = (held: readonly HeldSegment[]): readonly string[] => held.flatMap(({ line }) => line?.id ?? []);

/** What a step on the wire came to that went as it should. */
export const stepOnWire = (
  sentence: string,
  segments: readonly HeldSegment[],
  fate: NonNullable<Action["fate"]> = "delivered",
): StepResult => ({ sentence, outcome: { ok: true }, fate, segments: linesOf(segments) });

/** A segment that the lab makes itself. */
export interface MadeSegment {
  readonly origin: "forged" | "altered";
  readonly packet: Uint8Array;
  /** The original of an altered one. */
  readonly alters?: HeldSegment;
}

export interface StepRunner {
  /** Does the step, writes it down, and lets every witness look while the world stands still. */
  runStep(step: Step): Promise<void>;
  /** Takes what is new off the tape: into the evidence, and to the held wire. */
  readTape(): void;
  /** Writes down a segment that the lab made itself, before it goes out. */
  writeMade(made: MadeSegment): HeldSegment;
}

/** The wire did not bring what the lab waited for: the scene ends here, and the claims that follow stay unwitnessed. */
export class NothingCame extends Error {
  readonly awaited: { readonly flags: string; readonly from?: End };
  constructor(awaited: { readonly flags: string; readonly from?: End }, instead: string) {
    super(
      `the wire: waited for ${awaited.from === undefined ? "" : `the ${awaited.from}'s `}${awaited.flags}: ${instead}`,
    );
    this.name = "NothingCame";
    this.awaited = awaited;
  }
}

/** A verb that races a kernel timer lost the race: the attempt shows nothing, and the scene may be played again. */
export class TooLate extends Error {}

/** A program at one end has died or says nothing any more: the scene ends here, and what was to come stays unwitnessed. */
export class NoAnswer extends Error {}

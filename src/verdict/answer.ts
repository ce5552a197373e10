// What the evidence answers to a claim's question, before it is compared with what is documented.

import type { SegmentLine, WitnessName } from "../evidence/timeline.ts";
import type { Value } from "../spec/claim.ts";
import type { TcpState } from "../tcp/state.ts";

interface Grounds {
  readonly because: readonly string[];
  /** Ids of timeline lines. */
  readonly evidence: readonly string[];
}

export type Answer =
  /** Exactly this was seen. `within`: how far an instrument of this precision may be off a documented number. */
  | (Grounds & {
      readonly kind: "seen";
      readonly seen: Value;
      readonly witnesses: readonly WitnessName[];
      readonly within?: number;
      /** Where the documents leave more than one thing open: each of these is as documented. */
      readonly permits?: readonly string[];
    })
  /** One of these states, as far as the witnesses can tell. */
  | (Grounds & {
      readonly kind: "one-of";
      readonly states: readonly TcpState[];
      readonly witnesses: readonly WitnessName[];
    })
  /** No state fits all that was read. */
  | (Grounds & { readonly kind: "disagree"; readonly witnesses: readonly WitnessName[] })
  | (Grounds & { readonly kind: "unwitnessed" });

export const unwitnessed = (because: string, evidence: readonly string[] = []): Answer => ({
  kind: "unwitnessed",
  because: [because],
  evidence,
});

export const seenOnWire = (seen: Value, lines: readonly SegmentLine[], because: readonly string[] = []): Answer => ({
  kind: "seen",
  seen,
  witnesses: ["wire"],
  because: [...lines.map(({ frame }) => `frame ${frame}`), ...because],
  evidence: lines.map(({ id }) => id),
});

export const stepMissing = (step: string): Answer => unwitnessed(`the scene did not come to the step "${step}"`);

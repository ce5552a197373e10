// What the evidence answers to a claim's question, before it is compared with what is documented.

import type { Value } from "../../claims/claim.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import type { WitnessName } from "../../evidence/witnesses.ts";

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
  /** One of these, as far as the witnesses can tell. `permits`: as above. */
  | (Grounds & {
      readonly kind: "one-of";
      readonly possible: readonly Value[];
      readonly witnesses: readonly WitnessName[];
      readonly permits?: readonly string[];
    })
  /** No state fits all that was read. */
  | (Grounds & { readonly kind: "disagree"; readonly witnesses: readonly WitnessName[] })
  | (Grounds & { readonly kind: "unwitnessed" });

export type Witnessed = Extract<Answer, { readonly kind: "seen" | "one-of" }>;

export const isWitnessed = (answer: Answer): answer is Witnessed => answer.kind === "seen" || answer.kind === "one-of";

export const possibleIn = (answer: Witnessed): readonly Value[] =>
  answer.kind === "seen" ? [answer.seen] : answer.possible;

/** Seen where only one is possible; at least one must be. */
export function oneOf(
  possible: readonly Value[],
  rest: Omit<Extract<Answer, { readonly kind: "one-of" }>, "kind" | "possible">,
): Answer {
  const [first, ...others] = possible;
  if (first === undefined) throw new Error("answer: nothing is possible");
  return others.length === 0 ? { kind: "seen", seen: first, ...rest } : { kind: "one-of", possible, ...rest };
}

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

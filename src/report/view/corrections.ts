// Which of the claims were contradicted or refined, each with the claims that put it right.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { explanationsOf } from "./format.ts";

export interface Correction {
  readonly claim: JudgedClaim;
  readonly refinedBy: readonly JudgedClaim[];
}

/** In the order of the claims. A refinement stands with what it refines. */
export function correctionsAmong(claims: readonly JudgedClaim[]): readonly Correction[] {
  return claims
    .filter(({ refines }) => refines === undefined || !claims.some(({ id }) => id === refines))
    .map((claim) => ({ claim, refinedBy: claims.filter(({ refines }) => refines === claim.id) }))
    .filter(
      ({ claim, refinedBy }) =>
        refinedBy.length > 0 || claim.verdict === "contradicts" || claim.expected === "contradicts",
    );
}

/** Claims that a lab explains, and that are no part of a correction. */
export function remarksAmong(
  claims: readonly JudgedClaim[],
  corrections: readonly Correction[],
): readonly JudgedClaim[] {
  const told = new Set(corrections.flatMap(({ claim, refinedBy }) => [claim, ...refinedBy]));
  return claims.filter((claim) => explanationsOf(claim).length > 0 && !told.has(claim));
}

// Two runs of a lab held against each other: two kernels, or two settings of a sysctl. What differs in claims, segments and settings.

import type { Claim } from "../claims/claim.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";
import type { ComparedRun } from "./compared-run.ts";
import { sameAnswer } from "./same-answer.ts";
import { comparePieces, type PieceDifference } from "./segment-difference.ts";
import { compareSettings, type SettingDifference } from "./setting-difference.ts";

export interface ClaimDifference {
  readonly claim: Claim;
  readonly a: JudgedClaim;
  readonly b: JudgedClaim;
}

export interface RunDifference {
  readonly claims: readonly ClaimDifference[];
  readonly segments: readonly PieceDifference[];
  readonly settings: readonly SettingDifference[];
}

/** Two runs of one lab. */
export const compareRuns = (a: ComparedRun, b: ComparedRun): RunDifference => ({
  claims: compareClaims(a, b),
  segments: comparePieces(a, b),
  settings: compareSettings(a, b),
});

/** Both were judged by the same claims, whatever version of them they were recorded for. */
function compareClaims(a: ComparedRun, b: ComparedRun): readonly ClaimDifference[] {
  const [ofA, ofB] = [judgedIn(a), judgedIn(b)];
  return a.claims.flatMap((claim) => {
    const [own, other] = [ofA.get(claim.id), ofB.get(claim.id)];
    if (own === undefined || other === undefined) return [];
    const same = sameAnswer(claim, { judged: own, run: a }, { judged: other, run: b });
    return same ? [] : [{ claim, a: own, b: other }];
  });
}

const judgedIn = ({ verdict }: ComparedRun): ReadonlyMap<string, JudgedClaim> =>
  new Map(verdict.claims.map((claim) => [claim.id, claim]));

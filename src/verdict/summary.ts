// The sum of a run's verdicts, and the exit status that follows from it.

import type { JudgedClaim, VerdictDocument } from "./document-schema.ts";

type Expectation = Pick<JudgedClaim, "verdict" | "expected" | "form">;

/** It came out as expected, or as Linux is known to do on some kernels. */
export const isExpected = ({ verdict, expected, form }: Expectation): boolean =>
  verdict === expected || form !== undefined;

/** What nobody expected, and every disagreement of witnesses. */
export const isSurprise = (claim: Expectation): boolean =>
  claim.verdict === "disagree" ||
  ((claim.verdict === "conforms" || claim.verdict === "contradicts") && !isExpected(claim));

export const surprisesAmong = (claims: readonly JudgedClaim[]): readonly JudgedClaim[] => claims.filter(isSurprise);

export function summarise(claims: readonly JudgedClaim[]): VerdictDocument["summary"] {
  const count = (verdict: JudgedClaim["verdict"]) => claims.filter((claim) => claim.verdict === verdict).length;
  return {
    conforms: count("conforms"),
    contradicts: count("contradicts"),
    disagree: count("disagree"),
    unwitnessed: count("unwitnessed"),
    unsupported: count("unsupported"),
    surprises: surprisesAmong(claims).length,
  };
}

/** Exit statuses, the worst last: nothing to report, something open, a surprise, no verdict. */
const SEVERITY = [0, 2, 1, 3];

/** Of several runs; 0 of none. */
export const worstStatus = (statuses: readonly number[]): number =>
  SEVERITY[Math.max(0, ...statuses.map((status) => SEVERITY.indexOf(status)))] ?? 0;

/** 1 for a surprise or witnesses that disagree; 2 where anything stayed open or the run was cut short; else 0. */
export function exitStatus(summary: VerdictDocument["summary"], cutShort: boolean): 0 | 1 | 2 {
  if (summary.surprises > 0 || summary.disagree > 0) return 1;
  return summary.unwitnessed > 0 || summary.unsupported > 0 || cutShort ? 2 : 0;
}

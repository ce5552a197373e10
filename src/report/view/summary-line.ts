// Verdicts counted in words: those of a whole run, or of a part of one.

import type { JudgedClaim, VerdictDocument } from "../../verdict/document.ts";
import { isExpected, summarise } from "../../verdict/summary.ts";

/** "45 claims: 40 conform, 5 contradict; no surprise." */
export function formatSummary({ claims, summary: { surprises } }: Pick<VerdictDocument, "claims" | "summary">): string {
  const told = surprises === 0 ? "no surprise" : `${surprises} surprise${surprises === 1 ? "" : "s"}`;
  return `${formatCounts(claims)}; ${told}.`;
}

/** "45 claims: 40 conform, 5 contradict (as expected)" */
export function formatCounts(claims: readonly JudgedClaim[]): string {
  const { conforms, contradicts, disagree, unwitnessed, unsupported } = summarise(claims);
  const counts = [
    `${conforms} conform`,
    ...(contradicts > 0 ? [`${contradicts} contradict${asExpected(claims, contradicts)}`] : []),
    ...(disagree > 0 ? [`on ${disagree} the witnesses disagree`] : []),
    ...(unwitnessed > 0 ? [`${unwitnessed} nobody saw`] : []),
    ...(unsupported > 0 ? [`${unsupported} cannot be shown on this machine`] : []),
  ];
  return `${claims.length} claim${claims.length === 1 ? "" : "s"}: ${counts.join(", ")}`;
}

function asExpected(claims: readonly JudgedClaim[], contradicts: number): string {
  const expected = claims.filter((claim) => claim.verdict === "contradicts" && isExpected(claim)).length;
  if (expected === 0) return "";
  return expected === contradicts ? " (as expected)" : ` (${expected} of them as expected)`;
}

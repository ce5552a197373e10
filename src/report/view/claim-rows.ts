// The claims of a run as every output tells them: which are shown, and how they came out, in one line.

import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { isExpected, summarise } from "../../verdict/summary.ts";

export interface ShownClaims {
  readonly shown: readonly JudgedClaim[];
  /** "" where all are shown. */
  readonly said: string;
}

export function claimsToShow(claims: readonly JudgedClaim[], limit: number): ShownClaims {
  if (claims.length <= limit) return { shown: claims, said: "" };
  const telling = claims.filter(({ verdict, expected }) => verdict !== "conforms" || expected !== "conforms");
  const shown = telling.slice(0, limit);
  const left = claims.length - shown.length;
  const what =
    telling.length > limit ? `${telling.length - limit} of them not simply conforming` : "all of them conforming";
  return { shown, said: `${left} more claims, ${what}, are in verdict.json.` };
}

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

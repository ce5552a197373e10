// A run's verdicts in one sentence.

import type { VerdictDocument } from "../verdict/document.ts";

/** "45 claims: 40 conform, 5 contradict; no surprises." */
export function spellSummary({ claims, summary }: Pick<VerdictDocument, "claims" | "summary">): string {
  const expected = claims.filter((claim) => claim.verdict === "contradicts" && claim.expected === "contradicts").length;
  const known = expected === 0 ? "" : ` (${expected === summary.contradicts ? "" : `${expected} of them `}as expected)`;
  const counts = [
    `${summary.conforms} conform`,
    `${summary.contradicts} contradict${known}`,
    ...(summary.disagree > 0 ? [`on ${summary.disagree} the witnesses disagree`] : []),
    ...(summary.unwitnessed > 0 ? [`${summary.unwitnessed} nobody saw`] : []),
    ...(summary.unsupported > 0 ? [`${summary.unsupported} cannot be shown on this machine`] : []),
  ];
  const surprises =
    summary.surprises === 0 ? "no surprise" : `${summary.surprises} surprise${summary.surprises === 1 ? "" : "s"}`;
  return `${claims.length} claim${claims.length === 1 ? "" : "s"}: ${counts.join(", ")}; ${surprises}.`;
}

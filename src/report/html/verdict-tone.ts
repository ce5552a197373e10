// How a verdict looks in the page: good, known slips, surprises and what stayed open each have a colour and a mark.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { isSurprise } from "../../verdict/summary.ts";

export const VERDICT_TONES = ["good", "known", "surprise", "open"] as const;
export type VerdictTone = (typeof VERDICT_TONES)[number];

export function verdictToneOf(claim: Pick<JudgedClaim, "verdict" | "expected" | "form">): VerdictTone {
  const { verdict } = claim;
  if (isSurprise(claim)) return "surprise";
  if (verdict === "unwitnessed" || verdict === "unsupported") return "open";
  return verdict === "conforms" ? "good" : "known";
}

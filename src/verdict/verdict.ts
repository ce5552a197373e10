// What can come of judging one claim.

export const VERDICTS = ["conforms", "contradicts", "disagree", "unwitnessed", "unsupported"] as const;
/** conforms, contradicts; disagree: the witnesses cannot all be right; unwitnessed: nobody saw it; unsupported: nobody here could. */
export type Verdict = (typeof VERDICTS)[number];

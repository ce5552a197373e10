// verdict.json, the contract that other programs read, as a type. The schema for files is document-schema.ts.

import type { z } from "zod";
import type { judgedClaim, verdictDocument } from "./document-schema.ts";

export const VERDICTS = ["conforms", "contradicts", "disagree", "unwitnessed", "unsupported"] as const;
/** conforms, contradicts; disagree: the witnesses cannot all be right; unwitnessed: nobody saw it; unsupported: nobody here could. */
export type Verdict = (typeof VERDICTS)[number];

export type JudgedClaim = z.infer<typeof judgedClaim>;
export type VerdictDocument = z.infer<typeof verdictDocument>;

// verdict.json, the contract that other programs read, as a type. The schema for files is document-schema.ts.

import type { z } from "zod";
import type { judgedClaim, verdictDocument } from "./document-schema.ts";

export type JudgedClaim = z.infer<typeof judgedClaim>;
export type VerdictDocument = z.infer<typeof verdictDocument>;

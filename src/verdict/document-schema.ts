// verdict.json, the contract that other programs read: its schema, and the types that follow from it.

import { z } from "zod";
import { CAPABILITIES } from "../claims/claim.ts";
import { SCENE_MODE_NAMES } from "../evidence/scene-modes.ts";
import { WITNESS_NAMES } from "../evidence/witnesses.ts";
import { STATES } from "../tcp/state.ts";

export const VERDICTS = ["conforms", "contradicts", "disagree", "unwitnessed", "unsupported"] as const;
/** conforms, contradicts; disagree: the witnesses cannot all be right; unwitnessed: nobody saw it; unsupported: nobody here could. */
export type Verdict = (typeof VERDICTS)[number];

const value = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("state"), value: z.enum(STATES) }),
  z.strictObject({ kind: z.literal("number"), value: z.number() }),
  z.strictObject({ kind: z.literal("segment"), value: z.string() }),
  z.strictObject({ kind: z.literal("text"), value: z.string() }),
  z.strictObject({ kind: z.literal("duration-ms"), value: z.number() }),
]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const judgedClaim = z.strictObject({
  id: z.string(),
  ref: z.string().optional(),
  claim: z.string(),
  scene: z.string(),
  source: z.string(),
  cite: z.string(),
  condition: z.string().optional(),
  refines: z.string().optional(),
  documented: value,
  /** Absent where nobody saw anything. */
  seen: value.optional(),
  verdict: z.enum(VERDICTS),
  expected: z.enum(["conforms", "contradicts"]),
  witnesses: z.array(z.enum(WITNESS_NAMES)),
  sources: z.array(z.string()),
  because: z.array(z.string()),
  evidence: z.array(z.string()),
  explanation: z.string().optional(),
  /** Where kernels differ: which of the forms that Linux is known to have was seen. */
  form: z.strictObject({ id: z.string(), told: z.string() }).optional(),
});

export const verdictDocument = z.strictObject({
  schemaVersion: z.literal(1),
  run: z.strictObject({
    id: z.string(),
    lab: z.string(),
    startedAt: z.iso.datetime(),
    tool: z.string(),
    kernel: z.string(),
    student: z.string().optional(),
    nonce: z.string().optional(),
    evidence: z.strictObject({ timeline: sha256, capture: sha256 }),
  }),
  capabilities: z.array(z.enum(CAPABILITIES)),
  scenes: z.array(z.strictObject({ id: z.string(), mode: z.enum(SCENE_MODE_NAMES), family: z.enum(["ipv4", "ipv6"]) })),
  claims: z.array(judgedClaim),
  summary: z.strictObject({
    conforms: z.int(),
    contradicts: z.int(),
    disagree: z.int(),
    unwitnessed: z.int(),
    unsupported: z.int(),
    surprises: z.int(),
  }),
  exit: z.int().min(0).max(3),
});

export type JudgedClaim = z.infer<typeof judgedClaim>;
export type VerdictDocument = z.infer<typeof verdictDocument>;

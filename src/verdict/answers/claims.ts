// Answers about many claims at once: whether each of them conforms, and which do not.

import type { Question } from "../../claims/question.ts";
import type { JudgedClaim } from "../document-schema.ts";
import { type Answer, unwitnessed } from "./answer.ts";

/** `judged`: the claims of the same scene. What one of them leaves open leaves the whole open. */
export function answerEach({ claims }: Question<"each">, judged: readonly JudgedClaim[]): Answer {
  const meant = claims.map((id) => judged.find((claim) => claim.id.endsWith(`.${claim.scene}.${id}`)));
  const found = meant.filter((claim) => claim !== undefined);
  const missing = claims.filter((_, index) => meant[index] === undefined);
  if (missing.length > 0) return unwitnessed(`the scene has no claim ${missing.join(", ")}`);
  const open = found.filter(({ verdict }) => verdict !== "conforms" && verdict !== "contradicts");
  if (open.length > 0) return unwitnessed(open.map(({ id, verdict }) => `${id} is ${verdict}`).join("; "));
  const astray = found.filter(({ verdict }) => verdict === "contradicts");
  const formatted = astray.map(({ documented, seen }) => `${seen?.value} instead of ${documented.value}`);
  return {
    kind: "seen",
    seen: { kind: "text", value: astray.length === 0 ? EACH : formatted.join(", ") },
    witnesses: found
      .map(({ witnesses }) => witnesses)
      .reduce((common, own) => common.filter((witness) => own.includes(witness))),
    because: found.map(({ id, verdict }) => `${id}: ${verdict}`),
    evidence: found.flatMap(({ evidence }) => evidence),
  };
}

export const EACH = "each of them";

// Answers about what a call returned.

import type { Question } from "../../claims/question.ts";
import type { Action } from "../../evidence/timeline.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, stepMissing } from "./answer.ts";

export function answerOutcome(ask: Question<"outcome">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.of);
  if (action === undefined) return stepMissing(ask.of);
  return {
    kind: "seen",
    seen: { kind: "text", value: formatOutcome(action.outcome) },
    witnesses: ["application"],
    because: [action.sentence],
    evidence: [action.id],
  };
}

const formatOutcome = (outcome: Action["outcome"]): string =>
  outcome.ok ? String(outcome.value ?? "ok") : outcome.error;

// Answers about the kernel's counters: by how much one grew in a step.

import type { Question } from "../../claims/question.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, stepMissing, unwitnessed } from "./answer.ts";

export function answerCounter(ask: Question<"counter">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.of);
  if (action === undefined) return stepMissing(ask.of);
  const sighting = evidence.look(action).find(({ witness }) => witness === "counters");
  const counted = evidence.note("tape") !== undefined;
  if (sighting === undefined && !counted) return unwitnessed("the counters of this machine are not the scene's alone");
  return {
    kind: "seen",
    seen: { kind: "number", value: sighting?.counters?.[ask.name] ?? 0 },
    witnesses: ["counters"],
    because: [sighting?.raw ?? "no counter grew"],
    evidence: [sighting?.id ?? action.id],
  };
}

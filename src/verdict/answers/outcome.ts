// Answers about what a call returned, and about what a lab measured.

import type { Value } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";
import type { Action, WitnessName } from "../../evidence/timeline.ts";
import { WITNESSES } from "../../evidence/timeline.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, stepMissing, unwitnessed } from "./answer.ts";

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

/** What the lab measured by itself and noted with the witnesses it used (topic "measure"). */
export function answerMeasure(ask: Question<"measure">, evidence: SceneEvidence): Answer {
  const note = evidence.notes.find(({ topic, data }) => topic === "measure" && data?.name === ask.name);
  if (note === undefined) return unwitnessed(`the run did not come to measure "${ask.name}"`);
  const witnesses = ((note.data?.witnesses ?? []) as readonly string[]).filter((name): name is WitnessName =>
    (WITNESSES as readonly string[]).includes(name),
  );
  if (witnesses.length === 0) return unwitnessed(`nobody witnessed the measure "${ask.name}"`, [note.id]);
  return {
    kind: "seen",
    seen: { kind: note.data?.kind, value: note.data?.value } as Value,
    ...(ask.within !== undefined && { within: ask.within }),
    witnesses,
    because: [note.text],
    evidence: [note.id],
  };
}

const formatOutcome = (outcome: Action["outcome"]): string =>
  outcome.ok ? String(outcome.value ?? "ok") : outcome.error;

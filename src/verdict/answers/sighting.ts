// Answers that stand in the sightings of one look beside the state: whose a socket is, and what a witness said of it.

import type { Question } from "../../claims/claim.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, stepMissing, unwitnessed } from "./answer.ts";

type AskFor<W extends Question["what"]> = Extract<Question, { what: W }>;

export function answerInode(ask: AskFor<"inode">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.after);
  if (action === undefined) return stepMissing(ask.after);
  const sightings = evidence.look(action).filter(({ end, inode }) => end === ask.end && inode !== undefined);
  const [first] = sightings;
  if (first?.inode === undefined) return unwitnessed(`no witness showed an inode of the ${ask.end}'s socket then`);
  const grounds = {
    witnesses: sightings.map(({ witness }) => witness),
    because: sightings.map(({ witness, inode }) => `${witness}: inode ${inode}`),
    evidence: sightings.map(({ id }) => id),
  };
  if (sightings.some(({ inode }) => inode !== first.inode)) return { kind: "disagree", ...grounds };
  return { kind: "seen", seen: { kind: "number", value: first.inode }, ...grounds };
}

export function answerSaid(ask: AskFor<"said">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.after);
  if (action === undefined) return stepMissing(ask.after);
  const sighting = evidence.look(action).find(({ end, witness }) => end === ask.end && witness === ask.by);
  if (sighting === undefined) return unwitnessed(`${ask.by} did not look at the ${ask.end} then`);
  return {
    kind: "seen",
    seen: { kind: "text", value: sighting.raw },
    witnesses: [sighting.witness],
    because: [`${sighting.witness}: ${(sighting.states ?? []).join(" or ")}`],
    evidence: [sighting.id],
  };
}

// Answers from the sightings of a look: a state, by intersecting what the witnesses are compatible with; whose a socket is; what one said.

import type { Value } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";
import type { Sighting } from "../../evidence/timeline.ts";
import type { WitnessName } from "../../evidence/witnesses.ts";
import type { End } from "../../tcp/end.ts";
import { STATES, type TcpState } from "../../tcp/state.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, isWitnessed, oneOf, possibleIn, stepMissing, unwitnessed } from "./answer.ts";

export function answerState(ask: Question<"state">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.after);
  return action === undefined ? stepMissing(ask.after) : stateIn(evidence.look(action), ask.end, ask.socket);
}

/** "SYN_SENT to SYN_RCVD", or each that the two looks leave open. */
export function answerTransition(ask: Question<"transition">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.of);
  if (action === undefined) return stepMissing(ask.of);
  const earlier = evidence.stepBefore(action);
  if (earlier === undefined) return unwitnessed(`nobody looked before "${ask.of}"`);
  const before = stateIn(evidence.look(earlier), ask.end, ask.socket);
  const after = stateIn(evidence.look(action), ask.end, ask.socket);
  if (!isWitnessed(before)) return before;
  if (!isWitnessed(after)) return after;
  const grounds = {
    witnesses: before.witnesses.filter((witness) => after.witnesses.includes(witness)),
    because: [...before.because.map((text) => `before: ${text}`), ...after.because.map((text) => `after: ${text}`)],
    evidence: [...before.evidence, ...after.evidence],
  };
  return oneOf(
    possibleIn(before).flatMap((from) =>
      possibleIn(after).map((to): Value => ({ kind: "text", value: `${from.value} to ${to.value}` })),
    ),
    grounds,
  );
}

/** Of one witness alone: what its sighting leaves open. */
export function answerTestimony(ask: Question<"testimony">, evidence: SceneEvidence): Answer {
  const action = evidence.step(ask.after);
  if (action === undefined) return stepMissing(ask.after);
  const own = evidence
    .look(action)
    .find(({ witness, end, socket }) => witness === ask.witness && end === ask.end && socket === undefined);
  if (own?.states === undefined) return unwitnessed(`${ask.witness} did not speak of the ${ask.end} then`);
  const value = STATES.filter((state) => own.states?.includes(state)).join(" or ");
  return {
    kind: "seen",
    seen: { kind: "text", value },
    witnesses: [ask.witness],
    because: [own.raw],
    evidence: [own.id],
  };
}

export function answerInode(ask: Question<"inode">, evidence: SceneEvidence): Answer {
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

export function answerSaid(ask: Question<"said">, evidence: SceneEvidence): Answer {
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

/** What one end's state was in one look; of its connection, or of its listener. */
export function stateIn(look: readonly Sighting[], end: End, socket?: "listener"): Answer {
  const sightings = look.filter(
    (sighting) => sighting.end === end && sighting.states !== undefined && sighting.socket === socket,
  );
  if (sightings.length === 0) return unwitnessed(`no witness looked at the ${end} then`);
  const grounds = {
    because: sightings.map(({ witness, states = [] }) => `${witness}: ${states.join(" or ")}`),
    evidence: sightings.map(({ id }) => id),
  };
  const common = STATES.filter((state) => sightings.every(({ states = [] }) => states.includes(state)));
  const [state] = common;
  if (state === undefined) return { kind: "disagree", witnesses: sightings.map(({ witness }) => witness), ...grounds };
  const possible = common.map((value): Value => ({ kind: "state", value }));
  return oneOf(possible, { witnesses: pinningDown(sightings, state), ...grounds });
}

/** The witnesses that leave no other state; should none do so alone, all that were needed together. */
function pinningDown(sightings: readonly Sighting[], state: TcpState): readonly WitnessName[] {
  const alone = sightings.filter(({ states = [] }) => states.length === 1 && states[0] === state);
  return (alone.length > 0 ? alone : sightings).map(({ witness }) => witness);
}

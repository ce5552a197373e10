// The judge: claims and evidence in, verdicts out. Pure; it never knows whether the evidence is live or was read from disk.

import type { Capability, Claim, Value } from "../claims/claim.ts";
import { type Question, questionRow, type What } from "../claims/question.ts";
import { byScene, type TimelineLine } from "../evidence/timeline.ts";
import { WITNESS_NAMES, WITNESSES, type WitnessName } from "../evidence/witnesses.ts";
import { type Answer, isWitnessed, unwitnessed, type Witnessed } from "./answers/answer.ts";
import { answerEach } from "./answers/claims.ts";
import { answerSameSegments } from "./answers/comparison.ts";
import { answerCounter } from "./answers/counter.ts";
import { answerEncounter } from "./answers/encounter.ts";
import { answerGrowth } from "./answers/growth.ts";
import { answerOutcome } from "./answers/outcome.ts";
import { answerPopulation } from "./answers/population.ts";
import { answerCount, answerLeftOver, answerNumber, answerSegment } from "./answers/segment.ts";
import { answerEvery } from "./answers/segment-rules.ts";
import { answerInode, answerSaid, answerState, answerTestimony, answerTransition } from "./answers/state.ts";
import { answerTimer } from "./answers/timer.ts";
import type { JudgedClaim } from "./document-schema.ts";
import { SceneEvidence, untilDeparture } from "./scene-evidence.ts";

export interface MachineLimits {
  readonly have: ReadonlySet<Capability>;
  /** Why a capability is missing, for the claims that need it. */
  readonly missing: Readonly<Partial<Record<Capability, string>>>;
}

export function judge(
  claims: readonly Claim[],
  lines: readonly TimelineLine[],
  bench: MachineLimits,
): readonly JudgedClaim[] {
  const scenes = evidenceByScene(lines);
  const alone = claims.filter(({ ask }) => isAskedAlone(ask));
  const judged = alone.map((claim) => judgeClaim(claim, scenes, bench));
  const byId = new Map(judged.map((claim) => [claim.id, claim]));
  // What a claim says of other claims, and whether a segment was left over, is known only when those have named their evidence.
  return claims.map((claim) => byId.get(claim.id) ?? judgeLast(claim, scenes, judged, bench));
}

type Scenes = ReadonlyMap<string, SceneEvidence>;

const evidenceByScene = (lines: readonly TimelineLine[]): Scenes =>
  new Map([...byScene(lines)].map(([scene, own]) => [scene, new SceneEvidence(untilDeparture(own))]));

function judgeClaim(claim: Claim, scenes: Scenes, bench: MachineLimits): JudgedClaim {
  const asked = (of: Question) =>
    ifPlayed({ ask: of }, scenes.get(claim.scene), (evidence) => ask(of, evidence, scenes));
  return unsupported(claim, bench) ?? compare(claim, asked(claim.ask), asked);
}

function judgeLast(claim: Claim, scenes: Scenes, others: readonly JudgedClaim[], bench: MachineLimits): JudgedClaim {
  const ofScene = others.filter(({ scene }) => scene === claim.scene);
  if (claim.ask.what === "each") return unsupported(claim, bench) ?? compare(claim, answerEach(claim.ask, ofScene));
  const claimed = new Set(ofScene.flatMap((other) => other.evidence));
  const answer = ifPlayed(claim, scenes.get(claim.scene), (evidence) => answerLeftOver(evidence, claimed));
  return unsupported(claim, bench) ?? compare(claim, answer);
}

/** Of a scene that was not played, or left out on purpose, nobody saw anything; of one that was cut short nobody saw the end. */
function ifPlayed(
  { ask }: { readonly ask: Question },
  evidence: SceneEvidence | undefined,
  answer: (evidence: SceneEvidence) => Answer,
): Answer {
  if (evidence === undefined) return unwitnessed("the scene was not played");
  const leftOut = evidence.note("scene") === undefined ? evidence.note("shortened") : undefined;
  if (leftOut !== undefined) return unwitnessed(leftOut.text, [leftOut.id]);
  const { cutShort } = evidence;
  if (cutShort !== undefined && isAboutWholeScene(ask)) return unwitnessed(cutShort);
  return answer(evidence);
}

/** What is counted, checked on every segment or taken from the end is known only when the scene has ended. */
function isAboutWholeScene(ask: Question): boolean {
  const { tape, picks } = questionRow(ask);
  return tape === "whole" || picks(ask).some(({ nth = 1 } = {}) => nth < 0);
}

/** Those that are answered from the evidence of a scene, whatever other claims say; of the others judgeLast knows. */
type AskedAlone = Exclude<What, "each" | "left-over">;

type Answerer<W extends AskedAlone> = (ask: Question<W>, evidence: SceneEvidence, scenes: Scenes) => Answer;

const ANSWERS: { readonly [W in AskedAlone]: Answerer<W> } = {
  state: answerState,
  transition: answerTransition,
  testimony: answerTestimony,
  segment: answerSegment,
  number: answerNumber,
  count: answerCount,
  outcome: answerOutcome,
  every: answerEvery,
  "same-segments": (ask, evidence, scenes) => answerSameSegments(ask, evidence, scenes.get(ask.as)),
  timer: answerTimer,
  counter: answerCounter,
  inode: answerInode,
  said: answerSaid,
  population: answerPopulation,
  growth: answerGrowth,
  encounter: answerEncounter,
};

const isAskedAlone = (ask: Question): ask is Question<AskedAlone> => Object.hasOwn(ANSWERS, ask.what);

function ask(ask: Question, evidence: SceneEvidence, scenes: Scenes): Answer {
  if (!isAskedAlone(ask)) throw new Error(`judge: "${ask.what}" is judged when the other claims are`);
  return answer(ask, evidence, scenes);
}

const answer = <W extends AskedAlone>(ask: Question<W>, evidence: SceneEvidence, scenes: Scenes): Answer =>
  ANSWERS[ask.what](ask, evidence, scenes);

function unsupported(claim: Claim, { have, missing }: MachineLimits): JudgedClaim | undefined {
  const lacking = claim.needs.filter((need) => !have.has(need));
  if (lacking.length === 0) return undefined;
  const because = lacking.map((need) => `needs ${need}: ${missing[need] ?? "not available here"}`);
  return { ...published(claim), verdict: "unsupported", witnesses: [], sources: [], because, evidence: [] };
}

function compare(claim: Claim, given: Answer, asked?: (ask: Question) => Answer): JudgedClaim {
  const answer = mustBeWitnessed(given);
  const said: readonly WitnessName[] = "witnesses" in answer ? answer.witnesses : [];
  // In one order in every run, whoever spoke first.
  const witnesses = WITNESS_NAMES.filter((witness) => said.includes(witness));
  const verdict = verdictOf(claim.documented, answer);
  return {
    ...published(claim),
    ...(verdict !== "unwitnessed" && isWitnessed(answer) && { seen: formatSeen(answer) }),
    verdict,
    witnesses,
    sources: [...new Set(witnesses.map((witness) => WITNESSES[witness].source))],
    because: [...answer.because],
    evidence: [...answer.evidence],
    ...(answer.kind === "seen" && formOf(claim, answer, asked)),
  };
}

/** The one known form of Linux that was seen, where the claim has several. */
function formOf({ forms = [] }: Claim, own: Answer, asked: (ask: Question) => Answer = () => own) {
  const shown = forms.filter(({ ask: other, value }) => isSeen(value, other === undefined ? own : asked(other)));
  const [form, ...others] = shown;
  return form === undefined || others.length > 0 ? {} : { form: { id: form.id, told: form.told } };
}

const isSeen = (value: Value, answer: Answer): boolean =>
  answer.kind === "seen" && agrees(value, answer.seen, answer.within ?? 0);

/** Whatever was worked out: where not one witness stands for it, nobody saw it. */
const mustBeWitnessed = (answer: Answer): Answer =>
  "witnesses" in answer && answer.witnesses.length === 0
    ? { kind: "unwitnessed", because: [...answer.because, "no one witness saw all of it"], evidence: answer.evidence }
    : answer;

/** "CLOSED or TIME_WAIT", where the witnesses leave more than one thing open and none of them is as documented. */
function formatSeen(answer: Witnessed): Value {
  if (answer.kind === "seen") return answer.seen;
  return { kind: "text", value: answer.possible.map(({ value }) => value).join(" or ") };
}

function verdictOf(documented: Value, answer: Answer): JudgedClaim["verdict"] {
  switch (answer.kind) {
    case "unwitnessed":
    case "disagree":
      return answer.kind;
    case "one-of":
      return answer.possible.some((one) => isAsDocumented(documented, one, answer)) ? "unwitnessed" : "contradicts";
    case "seen":
      return isAsDocumented(documented, answer.seen, answer) ? "conforms" : "contradicts";
  }
}

const isAsDocumented = (documented: Value, seen: Value, { permits, within }: AsFarAs): boolean =>
  permits?.includes(String(seen.value)) === true || agrees(documented, seen, within ?? 0);

interface AsFarAs {
  readonly permits?: readonly string[];
  readonly within?: number;
}

function agrees(documented: Value, seen: Value, within: number): boolean {
  if (documented.kind !== seen.kind) return false;
  if (typeof documented.value === "number" && typeof seen.value === "number")
    return Math.abs(documented.value - seen.value) <= within;
  return documented.value === seen.value;
}

/** What verdict.json carries over from the claim; the question stays with the lab. */
function published(claim: Claim) {
  const { ask: _ask, needs: _needs, forms: _forms, ...rest } = claim;
  return rest;
}

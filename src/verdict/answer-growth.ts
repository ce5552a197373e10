// Answers about a growing TIME_WAIT population: whether looks grow linearly with it, and what an entry weighs.

import { GROWTH, growthOf } from "../evidence/growth.ts";
import { WITNESSES } from "../evidence/timeline.ts";
import type { Ask } from "../spec/claim.ts";
import { type Answer, unwitnessed } from "./answer.ts";
import { costCurves, type Weight, weightOf } from "./growth-figures.ts";
import type { SceneEvidence } from "./scene-evidence.ts";

type AskFor<W extends Ask["what"]> = Extract<Ask, { what: W }>;

/** So many times lighter is "far smaller". */
const FAR = 3;

export function answerGrowth(ask: AskFor<"growth">, evidence: SceneEvidence): Answer {
  const note = evidence.note(GROWTH);
  const record = growthOf(evidence.notes);
  if (note === undefined || record === undefined) return unwitnessed("the scene did not come to its end");
  return ask.figure === "exponent" ? exponentIn(record, note.id, ask.within) : weightIn(record, note.id);
}

type Recorded = NonNullable<ReturnType<typeof growthOf>>;

function exponentIn(record: Recorded, id: string, within: number): Answer {
  const known = costCurves(record).flatMap(({ witness, exponent }) =>
    exponent === undefined ? [] : [{ witness, exponent }],
  );
  const [worst] = [...known].sort((a, b) => Math.abs(b.exponent - 1) - Math.abs(a.exponent - 1));
  if (worst === undefined) return unwitnessed("no witness looked at three sizes", [id]);
  return {
    kind: "seen",
    seen: { kind: "number", value: Math.round(worst.exponent * 100) / 100 },
    within,
    witnesses: WITNESSES.filter((name) => known.some(({ witness }) => witness === name)),
    because: known.map(({ witness, exponent }) => `${witness}: grows with the power ${exponent.toFixed(2)}`),
    evidence: [id],
  };
}

function weightIn(record: Recorded, id: string): Answer {
  const [entry, end] = [weightOf(record, "time-wait"), weightOf(record, "connection")];
  if (entry === undefined || end === undefined)
    return unwitnessed("this kernel does not say how much memory its slabs take", [id]);
  const because = `a TIME_WAIT takes ${spell(entry)}, an end of a connection that stands ${spell(end)}`;
  const [least, most] = [
    (end.each - end.error) / (entry.each + entry.error),
    (end.each + end.error) / (entry.each - entry.error),
  ];
  if (least < FAR && (most >= FAR || entry.each <= entry.error))
    return unwitnessed(`the readings are too restless to tell: ${because}`, [id]);
  const value = least >= FAR ? "far smaller" : "not far smaller";
  return { kind: "seen", seen: { kind: "text", value }, witnesses: ["procfs"], because: [because], evidence: [id] };
}

const spell = ({ each, error }: Weight): string => `${Math.round(each)} ± ${Math.round(error)} octets`;

// Answers about a growing TIME_WAIT population: whether looks grow linearly with it, and what an entry weighs.

import type { Question } from "../../claims/question.ts";
import type { GrowthRecord } from "../../evidence/growth.ts";
import { recordedIn } from "../../evidence/notes.ts";
import { WITNESS_NAMES } from "../../evidence/witnesses.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, unwitnessed } from "./answer.ts";
import { costCurves, type Exponent, type Weight, weightOf } from "./growth-figures.ts";

/** So many times lighter is "far smaller". */
const FAR = 3;

export function answerGrowth(ask: Question<"growth">, evidence: SceneEvidence): Answer {
  const note = evidence.note("growth");
  const record = recordedIn(evidence.notes, "growth");
  if (note === undefined || record === undefined) return unwitnessed("the scene did not come to its end");
  return ask.figure === "exponent" ? exponentIn(record, note.id, ask.within) : weightIn(record, note.id);
}

type Recorded = GrowthRecord;

/** Only those witnesses speak whose equal looks agree so well that they say on which side of the tolerance the exponent is. */
function exponentIn(record: Recorded, id: string, within: number): Answer {
  const known = costCurves(record).flatMap(({ witness, exponent }) =>
    exponent === undefined ? [] : [{ witness, exponent }],
  );
  if (known.length === 0) return unwitnessed("no witness looked at three sizes", [id]);
  const sure = known.filter(({ exponent }) => isSure(exponent, within));
  const [worst] = sure.toSorted((a, b) => Math.abs(b.exponent.value - 1) - Math.abs(a.exponent.value - 1));
  const because = known.map((one) => `${one.witness}: ${formatExponent(one.exponent, sure.includes(one))}`);
  if (worst === undefined) return unwitnessed(`the readings are too restless to tell: ${because.join("; ")}`, [id]);
  return {
    kind: "seen",
    seen: { kind: "number", value: Math.round(worst.exponent.value * 100) / 100 },
    within,
    witnesses: WITNESS_NAMES.filter((name) => sure.some(({ witness }) => witness === name)),
    because,
    evidence: [id],
  };
}

const isSure = ({ least, most }: Exponent, within: number): boolean =>
  (least >= 1 - within && most <= 1 + within) || most < 1 - within || least > 1 + within;

function formatExponent({ value, least, most }: Exponent, sure: boolean): string {
  const power = `grows with the power ${value.toFixed(2)}`;
  return sure ? power : `${power}, or anything between ${least.toFixed(2)} and ${most.toFixed(2)}: not a witness here`;
}

function weightIn(record: Recorded, id: string): Answer {
  const [entry, end] = [weightOf(record, "time-wait"), weightOf(record, "connection")];
  if (entry === undefined || end === undefined)
    return unwitnessed("this kernel does not say how much memory its slabs take", [id]);
  const because = `a TIME_WAIT takes ${format(entry)}, an end of a connection that stands ${format(end)}`;
  const [least, most] = [
    (end.each - end.error) / (entry.each + entry.error),
    (end.each + end.error) / (entry.each - entry.error),
  ];
  if (least < FAR && (most >= FAR || entry.each <= entry.error))
    return unwitnessed(`the readings are too restless to tell: ${because}`, [id]);
  const value = least >= FAR ? "far smaller" : "not far smaller";
  return { kind: "seen", seen: { kind: "text", value }, witnesses: ["procfs"], because: [because], evidence: [id] };
}

const format = ({ each, error }: Weight): string => `${Math.round(each)} ± ${Math.round(error)} octets`;

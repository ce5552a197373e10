// Answers about a TIME_WAIT population, from the rows that the evidence keeps of it.

import type { Value } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";
import { recordedIn } from "../../evidence/notes.ts";
import type { PopulationRecord } from "../../evidence/population.ts";
import type { SceneEvidence } from "../scene-evidence.ts";
import { type Answer, unwitnessed } from "./answer.ts";
import { type PopulationFigures, populationFigures, TIME_WAIT_MS } from "./population-figures.ts";

export function answerPopulation({ figure, atLeast }: Question<"population">, evidence: SceneEvidence): Answer {
  const note = evidence.note("population");
  const record = recordedIn(evidence.notes, "population");
  if (note === undefined || record === undefined) return unwitnessed("no population was watched to its end");
  const open = whyOpen(record, atLeast ?? 1);
  if (open !== undefined) return unwitnessed(open, [note.id]);
  const figures = populationFigures(record);
  if (figures === undefined) return unwitnessed("none of the population was seen to end", [note.id]);
  const { seen, within, because } = tell(figure, figures, record);
  return {
    kind: "seen",
    seen,
    ...(within !== undefined && { within }),
    witnesses: ["sock-diag"],
    because: [because],
    evidence: [note.id],
  };
}

function whyOpen({ complete, entries, unseen, resets = 0 }: PopulationRecord, atLeast: number): string | undefined {
  if (!complete) return "the watch was broken off";
  if (entries < atLeast) return `the population had ${entries} entries, not ${atLeast}`;
  if (unseen === 0) return undefined;
  const killers =
    resets === 0 ? "" : `; the kernel sent ${resets} RST there, which end a TIME_WAIT that they meet (RFC 1337)`;
  return `${unseen} entries were never seen in TIME_WAIT${killers}`;
}

interface Told {
  readonly seen: Value;
  readonly within?: number;
  readonly because: string;
}

function tell(figure: Question<"population">["figure"], figures: PopulationFigures, record: PopulationRecord): Told {
  const { granularity, least, most, allowance, phase } = figures;
  const format = (milliseconds: number) => `${(milliseconds / 1000).toFixed(3)} s`;
  const count = (value: number, because: string): Told => ({ seen: { kind: "number", value }, because });
  switch (figure) {
    case "shortest":
      return {
        ...duration(least),
        within: granularity,
        because: `the shortest of ${figures.entries} lasted ${format(least)}`,
      };
    case "longest": {
      const standing = record.standing === 0 ? "" : `; ${record.standing} stood at the last look`;
      // What still stood then lasted at least until that look.
      const last = record.standing === 0 ? most : (record.looks.at(-1)?.[0] ?? most);
      return {
        ...duration(last),
        within: granularity,
        because: `the longest of ${figures.entries} lasted ${format(last)}${standing}`,
      };
    }
    case "early":
      return count(
        figures.early,
        `so many certainly ended before ${format(TIME_WAIT_MS)}; the shortest lasted ${format(least)}`,
      );
    case "late":
      return count(
        figures.late + record.standing,
        `so many certainly ended after ${format(TIME_WAIT_MS + granularity)}; the longest lasted ${format(most)}`,
      );
    case "off-lattice":
      return count(
        figures.offLattice,
        `with φ = ${format(phase)} and g = ${format(granularity)} the worst end is ${figures.residual.toFixed(1)} ms from where the lattice puts it, beyond its look's interval of at most ${figures.widestLook.toFixed(1)} ms; ${allowance.toFixed(0)} ms are allowed for a busy machine`,
      );
  }
}

const duration = (milliseconds: number): { readonly seen: Value } => ({
  seen: { kind: "duration-ms", value: Math.round(milliseconds) },
});

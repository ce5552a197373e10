// The figures of a population or of its growth as rows of a table, for every form of the report.

import { isNoteOf, recordedIn } from "../../evidence/notes.ts";
import { costCurves, weightOf } from "../../verdict/answers/growth-figures.ts";
import { populationFigures } from "../../verdict/answers/population-figures.ts";
import type { SceneView } from "./run-view.ts";

export interface FigureTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** undefined for a scene that measured none. */
export function figuresOf({ evidence }: Pick<SceneView, "evidence">): FigureTable | undefined {
  return populationRows(evidence.notes) ?? growthRows(evidence.notes);
}

type Notes = SceneView["evidence"]["notes"];

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;

function populationRows(notes: Notes): FigureTable | undefined {
  const record = recordedIn(notes, "population");
  const figures = record === undefined ? undefined : populationFigures(record);
  if (record === undefined || figures === undefined) return undefined;
  const { least, tenth, median, ninetieth, most, phase, residual, widestLook } = figures;
  const usage = notes.find((note) => isNoteOf(note, "usage"));
  return {
    head: ["figure", "value"],
    rows: [
      ["entries", String(figures.entries)],
      ["closed within", seconds(record.starts.at(-1)?.[1] ?? 0)],
      ["shortest, 10 %, median, 90 %, longest", [least, tenth, median, ninetieth, most].map(seconds).join(", ")],
      ["CONFIG_HZ", `${record.hz} (${record.hzFrom})`],
      ["g, predicted from it", seconds(record.granularity)],
      ["φ, fitted, since the first close", seconds(phase)],
      ["certainly early, certainly late", `${figures.early}, ${figures.late}`],
      ["widest interval between looks at an end", `${widestLook.toFixed(1)} ms`],
      ["largest residual beyond it", `${residual.toFixed(1)} ms`],
      ["the wall clock was moved by", `${record.clockMoved} ms (lengths are by the monotonic clock)`],
      ...(usage === undefined ? [] : [["the harness itself", usage.text]]),
    ],
  };
}

function growthRows(notes: Notes): FigureTable | undefined {
  const record = recordedIn(notes, "growth");
  if (record === undefined) return undefined;
  const curves = costCurves(record);
  const sizes = [...new Set(record.costs.map(({ entries }) => entries))];
  const weights = (["time-wait", "connection"] as const).flatMap((of) => {
    const weight = weightOf(record, of);
    const what = of === "time-wait" ? "a TIME_WAIT weighs" : "an end of a connection weighs";
    return weight === undefined ? [] : [[what, `${Math.round(weight.each)} ± ${Math.round(weight.error)} octets`]];
  });
  const objects = Object.entries(record.objects).map(([name, octets]) => [`slab object ${name}`, `${octets} octets`]);
  const blank = sizes.slice(1).map(() => "");
  return {
    head: ["a look, at its quickest", ...sizes.map((size) => `${size} entries`)],
    rows: [
      ...curves.map(({ witness, points }) => [
        witness,
        ...points.map(([, milliseconds]) => `${milliseconds.toFixed(1)} ms`),
      ]),
      ...[...weights, ...objects].map((row) => [...row, ...blank]),
    ],
  };
}

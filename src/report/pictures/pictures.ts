// The pictures of a run: SVG files that lie beside its report. The charting library is loaded only where there is something to draw.

import { growthOf } from "../../evidence/growth.ts";
import { populationOf } from "../../evidence/population.ts";
import { populationFigures } from "../../verdict/population-figures.ts";
import type { SceneView } from "../run-view.ts";

/** A picture by the name of its file. */
export type Pictures = Readonly<Record<string, string>>;

export interface PictureName {
  readonly file: string;
  readonly title: string;
}

/** Which pictures belong to a scene; the same for a report that links them and for the run that draws them. */
export function pictureNames({ id, evidence }: Pick<SceneView, "id" | "evidence">): readonly PictureName[] {
  const population = populationOf(evidence.notes);
  if (population !== undefined && population.ended.length > 0)
    return [
      { file: `${id}-lengths.svg`, title: "How long TIME_WAIT lasted" },
      { file: `${id}-survivors.svg`, title: "How many stand" },
    ];
  return growthOf(evidence.notes) === undefined ? [] : [{ file: `${id}-of-looks.svg`, title: "What a look costs" }];
}

export async function picturesOf(scenes: readonly SceneView[]): Promise<Pictures> {
  const drawn = await Promise.all(scenes.map(drawScene));
  return Object.fromEntries(drawn.flat());
}

async function drawScene(scene: SceneView): Promise<readonly (readonly [string, string])[]> {
  const files = pictureNames(scene).map(({ file }) => file);
  const [first = "", second = ""] = files;
  const population = populationOf(scene.evidence.notes);
  const growth = growthOf(scene.evidence.notes);
  const figures = population === undefined ? undefined : populationFigures(population);
  if (population !== undefined && figures !== undefined) {
    const [{ drawLengths }, { drawSurvivors }] = await Promise.all([import("./lengths.ts"), import("./survivors.ts")]);
    return [
      [first, drawLengths(population, figures)],
      [second, drawSurvivors(population)],
    ];
  }
  if (growth === undefined) return [];
  const { drawLookCosts } = await import("./look-costs.ts");
  return [[first, drawLookCosts(growth)]];
}

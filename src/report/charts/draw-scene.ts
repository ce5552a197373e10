// Draws what a scene measured: SVG texts by the names of their files.

import { recordedIn } from "../../evidence/notes.ts";
import { populationFigures } from "../../verdict/answers/population-figures.ts";
import type { SceneView } from "../view/run-view.ts";
import { drawLengths } from "./lengths.ts";
import { drawLookCosts } from "./look-costs.ts";
import { pictureNames } from "./picture-names.ts";
import { drawSurvivors } from "./survivors.ts";

export function drawScene(scene: SceneView): readonly (readonly [file: string, svg: string])[] {
  const [first = "", second = ""] = pictureNames(scene).map(({ file }) => file);
  const population = recordedIn(scene.evidence.notes, "population");
  const growth = recordedIn(scene.evidence.notes, "growth");
  const figures = population === undefined ? undefined : populationFigures(population);
  if (population !== undefined && figures !== undefined)
    return [
      [first, drawLengths(population, figures)],
      [second, drawSurvivors(population)],
    ];
  return growth === undefined ? [] : [[first, drawLookCosts(growth)]];
}

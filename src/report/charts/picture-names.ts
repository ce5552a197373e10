// Which pictures belong to a scene, by the names of their files.

import { recordedIn } from "../../evidence/notes.ts";
import type { SceneView } from "../view/run-view.ts";

export interface PictureName {
  readonly file: string;
  readonly title: string;
}

/** Which pictures belong to a scene; the same for a report that links them and for the run that draws them. */
export function pictureNames({ id, evidence }: Pick<SceneView, "id" | "evidence">): readonly PictureName[] {
  const population = recordedIn(evidence.notes, "population");
  if (population !== undefined && population.ended.length > 0)
    return [
      { file: `${id}-lengths.svg`, title: "How long TIME_WAIT lasted" },
      { file: `${id}-survivors.svg`, title: "How many stand" },
    ];
  return recordedIn(evidence.notes, "growth") === undefined
    ? []
    : [{ file: `${id}-of-looks.svg`, title: "What a look costs" }];
}

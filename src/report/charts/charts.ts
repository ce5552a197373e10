// The pictures of a run: SVG files that lie beside its report. The charting library is loaded only where there is something to draw.

import { recordedIn } from "../../evidence/notes.ts";
import type { RunView, SceneView } from "../view/run-view.ts";

/** A picture by the name of its file. */
export type Pictures = Readonly<Record<string, string>>;

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

/**
 * Loads what draws, if a lab of these scenes will want it: before anything is played, since Ctrl-C also ends the process
 * that compiles what is loaded later.
 */
export async function loadDrawing(scenes: RunView["lab"]["scenes"]): Promise<void> {
  if (scenes.some(({ mode }) => mode === "population" || mode === "growth")) await import("./draw-scene.ts");
}

export async function picturesOf(scenes: readonly SceneView[]): Promise<Pictures> {
  const drawn = scenes.filter((scene) => pictureNames(scene).length > 0);
  if (drawn.length === 0) return {};
  const { drawScene } = await import("./draw-scene.ts");
  return Object.fromEntries(drawn.flatMap(drawScene));
}

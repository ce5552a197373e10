// The pictures of a run: SVG files that lie beside its report. The charting library is loaded only where there is something to draw.

import type { RunView, SceneView } from "../view/run-view.ts";
import { pictureNames } from "./picture-names.ts";

/** A picture by the name of its file. */
export type Pictures = Readonly<Record<string, string>>;

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

// The one drawing beside the verdict, which tells at a glance what the lab is about: a documented path, a plot, or figure 5.

import type { ComponentChildren } from "preact";
import { pictureNames } from "../charts/picture-names.ts";
import type { RunView, SceneView } from "../view/run-view.ts";
import type { Move } from "../view/walked-arrows.ts";
import { DocumentedDrawing } from "./documented-drawing.tsx";
import { Figure5Drawing } from "./figure-5-drawing.tsx";
import { Key } from "./figure-5-legend.tsx";
import { Drawn } from "./figures.tsx";

export interface SummaryDrawingOf {
  readonly of: "path" | "picture" | "figure 5";
  readonly drawing: ComponentChildren;
  readonly caption: ComponentChildren;
}

/** Undefined where a run has none of them. */
export function summaryDrawingOf(
  { pictures = {} }: RunView,
  scenes: readonly SceneView[],
  moves: readonly Move[],
): SummaryDrawingOf | undefined {
  const { documented, claims } =
    scenes.find((scene) => scene.documented !== undefined && scene.setting !== undefined) ?? {};
  if (documented !== undefined && claims !== undefined)
    return {
      of: "path",
      drawing: <DocumentedDrawing path={documented} claims={claims} />,
      caption: "The documented path, and how each row of it fared (✔ as documented).",
    };
  const [picture] = scenes.flatMap(pictureNames);
  const svg = picture === undefined ? undefined : pictures[picture.file];
  if (picture !== undefined && svg !== undefined)
    return {
      of: "picture",
      drawing: <Drawn svg={svg} title={picture.title} />,
      caption: `${picture.title}; the figures stand in the scene.`,
    };
  if (moves.length === 0) return undefined;
  return {
    of: "figure 5",
    drawing: (
      <Figure5Drawing moves={moves} label="Figure 5 with the arrows that this run walked; they are listed below." />
    ),
    caption: (
      <>
        RFC 9293's figure 5, and the arrows of it that this run walked.
        <Key />
      </>
    ),
  };
}

export const SummaryDrawing = ({ drawing }: { readonly drawing: SummaryDrawingOf | undefined }) =>
  drawing === undefined ? null : (
    <figure class="glance">
      {drawing.drawing}
      <figcaption>{drawing.caption}</figcaption>
    </figure>
  );

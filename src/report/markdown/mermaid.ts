// A scene as a Mermaid sequence diagram: segments in the order in which they arrived, and the states they led to.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { ENDS, type End, otherEnd } from "../../tcp/end.ts";
import { changedStates, formatSegment } from "../view/format.ts";
import type { Moment, SceneView } from "../view/run-view.ts";
import { arrives, fatesOf, type SegmentFate } from "../view/segment-fate.ts";
import { shortened } from "./text.ts";

/** Lines; a longer diagram cannot be read. */
const LIMIT = 80;

/** "" where there is nothing to draw. */
export function sequenceDiagram(scene: SceneView): string {
  const fateOf = fatesOf(scene);
  const drawn = scene.moments.flatMap((moment) => [
    ...drawSegments(moment, scene, fateOf),
    ...drawStates(moment, scene),
  ]);
  if (drawn.length === 0) return "";
  const shown = shortened(drawn, LIMIT, "lines of the diagram");
  const gap = shown.said === "" ? [] : ["Note over client,server: …"];
  const lines = ["participant client", "participant server", ...shown.first, ...gap, ...shown.last];
  const diagram = ["```mermaid", "sequenceDiagram", ...lines.map((line) => `  ${line}`), "```"].join("\n");
  return shown.said === "" ? diagram : `${diagram}\n\n${shown.said}`;
}

type FateOf = (line: SegmentLine) => SegmentFate;

/** What the lab decided on is drawn where its fate met it, any other segment where it was sent. */
function drawSegments({ action, sent }: Moment, scene: SceneView, fateOf: FateOf): readonly string[] {
  const decided = scene.evidence.segments.filter(({ id }) => action.segments?.includes(id));
  const others = sent.filter((line) => {
    const fate = fateOf(line);
    return !("step" in fate) && fate.kind !== "replaced";
  });
  return [...decided, ...others].flatMap((line) => drawArrow(line, scene, fateOf(line)));
}

function drawArrow(line: SegmentLine, { evidence, numbers }: SceneView, fate: SegmentFate): readonly string[] {
  const told = numbers === "raw" ? line : evidence.relative.get(line.id);
  const remarks = [
    ...(line.origin === "kernel" ? [] : [line.origin]),
    ...(line.repeats === undefined ? [] : ["repeated"]),
    ...(fate.kind === "left" || fate.kind === "undecided" ? ["not handed on"] : []),
  ].map((remark) => ` (${remark})`);
  const head = arrives(fate) ? "->>" : "-x";
  const arrow = `${line.end}${head}${otherEnd(line.end)}: ${formatSegment(line, told)}${remarks.join("")}`;
  return fate.kind === "duplicated" ? [arrow, arrow] : [arrow];
}

const SIDE: Readonly<Record<End, string>> = { client: "left of client", server: "right of server" };

function drawStates(moment: Moment, scene: SceneView): readonly string[] {
  return ENDS.flatMap((end) => {
    const states = changedStates(moment, scene, end);
    return states === undefined ? [] : [`Note ${SIDE[end]}: ${states}`];
  });
}

// A scene as a Mermaid sequence diagram: segments in the order in which they arrived, and the states they led to.

import type { SegmentLine } from "../evidence/timeline.ts";
import { ENDS, type End, otherEnd } from "../tcp/end.ts";
import { Fates } from "./fate.ts";
import { shortened } from "./markdown-text.ts";
import type { Moment, SceneView } from "./run-view.ts";
import { spellSegment, spellStates } from "./spelling.ts";

/** Lines; a longer diagram cannot be read. */
const LIMIT = 80;

export function sequenceDiagram(scene: SceneView): string {
  const fates = new Fates(scene);
  const drawn = scene.moments.flatMap((moment) => [
    ...drawSegments(moment, scene, fates),
    ...drawStates(moment, scene),
  ]);
  if (drawn.length === 0) return "";
  const shown = shortened(drawn, LIMIT, "lines of the diagram");
  const gap = shown.said === "" ? [] : ["Note over client,server: …"];
  const lines = ["participant client", "participant server", ...shown.first, ...gap, ...shown.last];
  const diagram = ["```mermaid", "sequenceDiagram", ...lines.map((line) => `  ${line}`), "```"].join("\n");
  return shown.said === "" ? diagram : `${diagram}\n\n${shown.said}`;
}

/** A held segment is drawn where its fate met it, any other where it was sent. */
function drawSegments({ action, sent }: Moment, scene: SceneView, fates: Fates): readonly string[] {
  const decided = (action.segments ?? []).flatMap((id) => scene.evidence.segments.find((line) => line.id === id) ?? []);
  const free = sent.filter((line) => fates.of(line) === undefined && !fates.isAltered(line));
  const draw = (line: SegmentLine) => drawArrow(line, scene, fates);
  return scene.mode === "stepped" ? [...decided.flatMap(draw), ...free.flatMap(draw)] : free.flatMap(draw);
}

function drawArrow(line: SegmentLine, { evidence, numbers }: SceneView, fates: Fates): readonly string[] {
  const told = numbers === "raw" ? line : evidence.relative.get(line.id);
  const made = line.origin === "kernel" ? "" : ` (${line.origin})`;
  const repeated = line.repeats === undefined ? "" : " (repeated)";
  const text = `${spellSegment(line, told)}${made}${repeated}`;
  const arrow = `${line.end}${fates.arrives(line) ? "->>" : "-x"}${otherEnd(line.end)}: ${text}`;
  return fates.of(line)?.kind === "duplicated" ? [arrow, arrow] : [arrow];
}

const SIDE: Readonly<Record<End, string>> = { client: "left of client", server: "right of server" };

function drawStates({ number, states }: Moment, { moments }: SceneView): readonly string[] {
  const before = moments.slice(0, number - 1);
  return ENDS.flatMap((end) => {
    const last = before.findLast((moment) => moment.states[end] !== undefined)?.states[end];
    const now = states[end];
    if (now === undefined || spellStates(now) === spellStates(last)) return [];
    return [`Note ${SIDE[end]}: ${spellStates(now)}`];
  });
}

// A scene as a numbered story: what was done, what was sent upon it, and which states that led to.

import { ENDS } from "../../tcp/end.ts";
import { escaped, shortened } from "../markdown/text.ts";
import { changedStates, formatSegment } from "./format.ts";
import type { Moment, SceneView } from "./run-view.ts";

const STEP_LIMIT = 60;
const SENT_LIMIT = 8;

export function story(scene: SceneView): string {
  if (scene.moments.length === 0) return "Nothing was done in this scene.";
  const shown = shortened(scene.moments, STEP_LIMIT, "steps");
  const told = [...shown.first, ...shown.last].map((moment) => renderMoment(moment, scene));
  return [...told, ...(shown.said === "" ? [] : ["", shown.said])].join("\n");
}

function renderMoment(moment: Moment, scene: SceneView): string {
  const { number, action } = moment;
  const parts = [sentIn(moment), renderStates(moment, scene)].filter((part) => part !== "");
  const after = parts.map((part) => `\n   ${part}`).join("");
  return `${number}. ${escaped(action.sentence)}${after}`;
}

/** What the kernel sent in a step, in one sentence; "" for nothing. Raw numbers: the sentences of the steps give them so. */
export function sentIn({ sent }: Moment): string {
  const kernel = sent.filter(({ origin }) => origin === "kernel");
  if (kernel.length === 0) return "";
  const format = kernel
    .slice(0, SENT_LIMIT)
    .map((line) => `the ${line.end}'s ${formatSegment(line)} (frame ${line.frame})`);
  const more = kernel.length > SENT_LIMIT ? `, and ${kernel.length - SENT_LIMIT} more` : "";
  return `Sent: ${format.join(", ")}${more}.`;
}

/** Only what changed since the look before. */
function renderStates(moment: Moment, scene: SceneView): string {
  const changed = ENDS.flatMap((end) => {
    const states = changedStates(moment, scene, end);
    return states === undefined ? [] : [`${end} **${states}**`];
  });
  return changed.length === 0 ? "" : `Now: ${changed.join(", ")}.`;
}

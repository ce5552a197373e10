// Whether a step changed an end's state, as far as it was seen.

import type { End } from "../../tcp/end.ts";
import { formatStates } from "./format.ts";
import type { Moment, SceneView } from "./run-view.ts";

/** An end's states as words, where they are others than at the look before. */
export function changedStates({ number, states }: Moment, { moments }: SceneView, end: End): string | undefined {
  const before = moments.slice(0, number - 1).findLast((moment) => moment.states[end] !== undefined);
  const now = formatStates(states[end]);
  return now === "" || now === formatStates(before?.states[end]) ? undefined : now;
}

// Whether a step changed an end's state, as far as it was seen.

import type { End } from "../../tcp/end.ts";
import type { Moment, SceneView } from "./run-view.ts";
import { spellStates } from "./spelling.ts";

/** An end's states as words, where they are others than at the look before. */
export function changedStates({ number, states }: Moment, { moments }: SceneView, end: End): string | undefined {
  const before = moments.slice(0, number - 1).findLast((moment) => moment.states[end] !== undefined);
  const now = spellStates(states[end]);
  return now === "" || now === spellStates(before?.states[end]) ? undefined : now;
}

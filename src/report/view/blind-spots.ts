// Looks that left more than one state of an end, or none: what no witness could tell.

import { ENDS, type End } from "../../tcp/end.ts";
import type { SceneView } from "./run-view.ts";

export interface BlindSpot {
  readonly scene: string;
  /** Of the step, from 1. */
  readonly number: number;
  readonly step: string;
  readonly end: End;
  readonly said: string;
}

export function blindSpots({ id, moments }: SceneView): readonly BlindSpot[] {
  return moments.flatMap(({ number, action, states }) =>
    ENDS.flatMap((end) => {
      const compatible = states[end];
      if (compatible === undefined || compatible.length === 1) return [];
      const said = compatible.length === 0 ? "the witnesses disagree" : `it may be ${compatible.join(" or ")}`;
      return [{ scene: id, number, step: action.step, end, said }];
    }),
  );
}

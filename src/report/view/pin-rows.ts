// What every scene rests on, and with which value it was played: the pins of a run, each with its reason.

import { PINS } from "../../claims/pins.ts";
import type { EnvironmentView } from "./run-view.ts";

/** Heads the rows. */
export const RESTS_ON = "What every scene rests on, unless it is about it";
const ONLY_HELD = "Only in scenes whose segments are held.";

export interface PinRow {
  readonly name: string;
  /** What it was pinned at, or why it was not. */
  readonly value: string;
  readonly because: string;
}

/** None of a run whose environment says nothing of pins. */
export function pinRows({ sysctls: { asked = {}, unpinned } = {} }: EnvironmentView): readonly PinRow[] {
  if (unpinned === undefined) return [];
  return Object.entries(PINS).map(([name, { value, because: why, held }]) => {
    const because = held === true ? `${why} ${ONLY_HELD}` : why;
    const [wanted, refusal] = [asked[name], unpinned[name]];
    if (wanted !== undefined) return { name, value: `${wanted} (asked for)`, because };
    return { name, value: refusal === undefined ? value : `not set: ${refusal}`, because };
  });
}

// The steps of a scene: how they are named, and what a person who steps through it is asked.

import type { Decision, HeldSegment } from "../drive/step-runner.ts";

/** The run was called off between two steps; what was recorded until then stands. */
export class Interrupted extends Error {}

/** Waits before each step for a person to say what becomes of it, and shows them what it led to. */
export interface Stepper {
  /** A scene's world stands, where another process may look into it (World.path): undefined for the host's own. */
  enter(path: string | undefined): void;
  /** `step`: what comes next; `held`: the segment it is about. Throws Interrupted to leave, and when `signal` calls the run off. */
  choose(step: string, held: HeldSegment | undefined, signal: AbortSignal): Promise<Decision>;
  /** `action`: the id of what was just done; the evidence tells the rest. */
  show(action: string): void;
}

/** Names what repeats by number: "deliver ACK", "deliver ACK #2". */
export function stepNumberer(): (step: string) => string {
  const counts = new Map<string, number>();
  return (step) => {
    const count = (counts.get(step) ?? 0) + 1;
    counts.set(step, count);
    return count === 1 ? step : `${step} #${count}`;
  };
}

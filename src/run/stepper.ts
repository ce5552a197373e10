// A person who steps through a scene: what the stage asks of them, and how they leave.

import type { Decision, HeldSegment } from "../drive/step-runner.ts";

/** The run was called off between two steps; what was recorded until then stands. */
export class Interrupted extends Error {}

/** Waits before each step for a person to say what becomes of it, and shows them what it led to. */
export interface Stepper {
  /** `step`: what comes next; `held`: the segment it is about. Throws Interrupted to leave, and when `signal` calls the run off. */
  choose(step: string, held: HeldSegment | undefined, signal: AbortSignal): Promise<Decision>;
  /** `action`: the id of what was just done; the evidence tells the rest. */
  show(action: string): void;
}

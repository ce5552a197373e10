// The steps after which a claim asks for what only looking tells: there even the witnesses that spawn a process look.

import type { Question } from "../claims/claim.ts";

const LOOKED_FOR: readonly Question["what"][] = ["state", "timer", "inode", "testimony"];

/** `steps`: of the scene, in order. */
export function askedSteps(
  claims: readonly { readonly ask: Question }[],
  steps: readonly string[],
): ReadonlySet<string> {
  const before = (step: string) => steps[steps.indexOf(step) - 1] ?? [];
  const stepsOf = (ask: Question) => {
    if (ask.what === "transition") return [ask.of, before(ask.of)].flat();
    return LOOKED_FOR.includes(ask.what) && "after" in ask ? [ask.after] : [];
  };
  return new Set(claims.flatMap(({ ask }) => stepsOf(ask)));
}

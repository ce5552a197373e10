// The steps after which a claim asks for what only looking tells: there even the witnesses that spawn a process look.

import { type Question, questionRow } from "../claims/question.ts";

/** `steps`: of the scene, in order. */
export function askedSteps(
  claims: readonly { readonly ask: Question }[],
  steps: readonly string[],
): ReadonlySet<string> {
  const before = (step: string) => steps[steps.indexOf(step) - 1] ?? [];
  return new Set(
    claims.flatMap(({ ask }) => {
      const { looks, steps: stepsOf } = questionRow(ask);
      const own = looks === "none" ? [] : stepsOf(ask);
      return looks === "around" ? [...own, ...own.flatMap(before)] : own;
    }),
  );
}

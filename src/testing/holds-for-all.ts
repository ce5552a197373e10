// A property test whose seed is printed with the result, so that any run of it can be repeated.

import type { TestContext } from "node:test";
import fc from "fast-check";

/** The environment variable that repeats a run: FAST_CHECK_SEED=123 npm test. */
const SEED = "FAST_CHECK_SEED";

export function holdsForAll(t: TestContext, property: fc.IRawProperty<unknown>, runs = 100): void {
  const seed = Number(process.env[SEED] ?? Math.trunc(Math.random() * 0x7fffffff));
  t.diagnostic(`${SEED}=${seed}, ${runs} runs`);
  fc.assert(property, { seed, numRuns: runs });
}

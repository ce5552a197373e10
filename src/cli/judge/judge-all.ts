// Judges what was found, in its order: a few here, a class in threads beside each other, with no more in memory than they need.

import { availableParallelism } from "node:os";
import type { Found } from "../../handed-in/bundle/find-bundles.ts";
import type { LabLoader } from "../../handed-in/judge-bundle.ts";
import { type Outcome, outcomeOf } from "./worker.ts";
import { JudgeWorkers } from "./workers.ts";

/** So many are judged before threads are worth their start, which takes about a second. */
const FEW = 24;
/** More threads than this wait for the reading of files. */
const MOST_THREADS = 8;

/** `own`: the instructor's own lab file. */
export async function* judgeAll(
  found: AsyncIterable<Found>,
  loadLab: LabLoader,
  own: string | undefined,
): AsyncGenerator<Outcome> {
  const count = Math.min(availableParallelism(), MOST_THREADS);
  let here = 0;
  let threads: JudgeWorkers | undefined;
  const begun: Promise<Outcome>[] = [];
  try {
    for await (const one of found) {
      if ("refused" in one) begun.push(Promise.resolve({ judged: one }));
      else if (count < 2 || here++ < FEW) begun.push(outcomeOf(one, loadLab));
      else {
        threads ??= new JudgeWorkers(count, loadLab, own);
        begun.push(threads.judge(one));
      }
      // One more than threads: while its turn has not come, it is being read.
      const inFlight = threads === undefined ? 0 : count;
      while (begun.length > inFlight) yield (await begun.shift()) as Outcome;
    }
    for (const outcome of begun) yield await outcome;
  } finally {
    await threads?.[Symbol.asyncDispose]();
  }
}

// How long a call of a free scene may take: a program that has died, or reads no more, must not hold up the run.

import { NoAnswer } from "./step-runner.ts";

/** Longer than any call takes on loopback, thousands of connections one after the other included. */
const ANSWER_MS = 30_000;

/** Throws NoAnswer when there is none in time. `whose`: "the client's close". */
export async function withTimeout<T>(answer: Promise<T>, whose: string, milliseconds = ANSWER_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const never = new Promise<never>((_, reject) => {
    const tooLate = () => reject(new NoAnswer(`${whose}: no answer within ${milliseconds} ms`));
    timer = setTimeout(tooLate, milliseconds);
  });
  try {
    return await Promise.race([answer, never]);
  } finally {
    clearTimeout(timer);
  }
}

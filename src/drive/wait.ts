// How long the lab waits for something that the kernel or an end owes, and how it waits without holding up the event loop.

import { setTimeout as sleep } from "node:timers/promises";
import { NoAnswer } from "./step-runner.ts";

/** Longer than any delayed ACK (at most 0.2 s, TCP_DELACK_MAX) and the first retransmission of a SYN (1 s, TCP_TIMEOUT_INIT). */
export const SEGMENT_TIMEOUT_MS = 1500;

/**
 * By then whoever has received a segment has acknowledged it: the longest delay of an ACK (TCP_DELACK_MAX), and two ticks of
 * the slowest clock (CONFIG_HZ=100).
 */
export const ACKNOWLEDGED_MS = 220;

/** Who owes nothing sends nothing, but for what is being sent at this moment on the other processor. */
export const QUIET_MS = 20;

/** Turns of the event loop before waiting by the clock: most answers are there at once. */
const EAGER_TURNS = 20;
const PAUSE_MS = 1;

/**
 * Asks again until the answer is there; undefined when it was not there after `milliseconds`. It asks once more when they
 * have passed: on a busy machine they may all have gone by while this process did not run.
 */
export async function waitFor<T>(ask: () => T | undefined, milliseconds = SEGMENT_TIMEOUT_MS): Promise<T | undefined> {
  const deadline = performance.now() + milliseconds;
  for (let turn = 0; ; turn++) {
    const isLast = performance.now() > deadline;
    const answer = ask();
    if (answer !== undefined || isLast) return answer;
    if (turn < EAGER_TURNS) await new Promise((resolve) => setImmediate(resolve));
    else await sleep(PAUSE_MS);
  }
}

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

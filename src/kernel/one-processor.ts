// Keeps the main thread on the processor it is on, for work whose segments must not overtake one another.

import { schedGetaffinity, schedGetcpu, schedSetaffinity } from "./libc.ts";

/** Octets of a cpu_set_t for 8192 processors (sched_setaffinity(2)), the most that Linux is built for. */
const SET = 1024;
const THIS_THREAD = 0;

/**
 * Until disposed. Each processor has a queue of its own for what is sent over lo, so a thread that moves may overtake what
 * it sent before, or what a timer sends for it. Where the call is refused (a sandbox) the thread stays free to move.
 */
export function stayOnThisProcessor(): Disposable {
  const before = new Uint8Array(SET);
  if (schedGetaffinity(THIS_THREAD, SET, before) < 0) return { [Symbol.dispose]() {} };
  const processor = schedGetcpu();
  const only = new Uint8Array(SET);
  only[processor >> 3] = 1 << (processor & 7);
  schedSetaffinity(THIS_THREAD, SET, only);
  return { [Symbol.dispose]: () => void schedSetaffinity(THIS_THREAD, SET, before) };
}

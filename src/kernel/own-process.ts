// What a process asks the kernel of itself: the signal when its parent dies, the processor time it had, and to stay on one processor.

import { constants } from "node:os";
import { getrusage, prctl, schedGetaffinity, schedGetcpu, schedSetaffinity, succeed } from "./libc.ts";

const PR_SET_PDEATHSIG = 1; // linux/prctl.h

/** `launcher`: the pid that must still be the parent; it may have died before the signal was asked for. */
export function dieWithParent(launcher: number): void {
  succeed("prctl(PR_SET_PDEATHSIG)", prctl(PR_SET_PDEATHSIG, constants.signals.SIGTERM));
  if (process.ppid !== launcher) process.kill(process.pid, "SIGTERM");
}

const RUSAGE_SELF = 0;
const RUSAGE_CHILDREN = -1;
/** struct rusage, of which the first four are ru_utime and ru_stime: seconds and microseconds. */
const usage = new BigInt64Array(18);
const bytes = new Uint8Array(usage.buffer);

/** Milliseconds, user and system. */
export function processorTime(): number {
  let microseconds = 0n;
  for (const who of [RUSAGE_SELF, RUSAGE_CHILDREN]) {
    succeed("getrusage", getrusage(who, bytes));
    const [user = 0n, userRest = 0n, system = 0n, systemRest = 0n] = usage;
    microseconds += (user + system) * 1_000_000n + userRest + systemRest;
  }
  return Number(microseconds) / 1000;
}

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

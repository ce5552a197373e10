// The processor's time of this process and of the children it has waited for (getrusage(2)): the same on a busy machine as on a quiet one.

import { getrusage, succeed } from "./libc.ts";

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

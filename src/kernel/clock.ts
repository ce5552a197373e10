// The kernel's clock: instants for the timeline, in the notation of the tape.

import { clockGetres, clockGettime } from "./libc.ts";

const CLOCK_REALTIME = 0; // linux/time.h

const timespec = new BigInt64Array(2);
const timespecBytes = new Uint8Array(timespec.buffer);

/** "1795332041.017212600": the notation of every time in the timeline. */
export const spellInstant = (seconds: number | bigint, nanoseconds: number | bigint): string =>
  `${seconds}.${String(nanoseconds).padStart(9, "0")}`;

/** Now by CLOCK_REALTIME, the clock that stamps the tape's frames (packet(7)). */
export function now(): string {
  clockGettime(CLOCK_REALTIME, timespecBytes);
  return spellInstant(timespec[0] ?? 0n, timespec[1] ?? 0n);
}

const CLOCK_MONOTONIC_COARSE = 6; // linux/time.h
const NANOSECONDS = 1e9;

/** Timer ticks a second: the coarse clock advances once a tick, and says so (clock_getres(2)). */
export function ticksPerSecond(): number {
  clockGetres(CLOCK_MONOTONIC_COARSE, timespecBytes);
  return Math.round(NANOSECONDS / Number(timespec[1] ?? 0n));
}

// The kernel's clock: instants for the timeline, in the notation of the tape.

import { clockGetres, clockGettime } from "./libc.ts";

/** linux/time.h */
const CLOCK_REALTIME = 0;
const CLOCK_MONOTONIC = 1;

const NANOSECONDS = 1_000_000_000n;
const timespec = new BigInt64Array(2);
const timespecBytes = new Uint8Array(timespec.buffer);

/** Nanoseconds by one of the kernel's clocks. */
type ReadClock = (clock: number) => bigint;

function readClock(clock: number): bigint {
  clockGettime(clock, timespecBytes);
  return (timespec[0] ?? 0n) * NANOSECONDS + (timespec[1] ?? 0n);
}

/** "1795332041.017212600": the notation of every time in the timeline. */
const formatInstant = (time: bigint): string => `${time / NANOSECONDS}.${String(time % NANOSECONDS).padStart(9, "0")}`;

/** Nanoseconds: two clocks are not read at one moment. Further apart they tell nothing (the process was not running). */
const AT_ONE_MOMENT = 200_000n;
/** Less is no step. */
const LEAST_STEP = 1_000_000n;

/**
 * A run's time: CLOCK_REALTIME as it stood when the run began, carried on by CLOCK_MONOTONIC. Whoever sets the clock
 * meanwhile (settimeofday(2), a step of NTP, a laptop that slept) moves nothing in the timeline.
 */
export class RunClock {
  private readonly read: ReadClock;
  /** By which CLOCK_REALTIME was before CLOCK_MONOTONIC at the beginning, and when that was last read. */
  private readonly lead: bigint;
  private lastLead: bigint;

  constructor(read: ReadClock) {
    this.read = read;
    let lead: bigint | undefined;
    while (lead === undefined) lead = this.readLead();
    this.lead = lead;
    this.lastLead = lead;
  }

  now(): string {
    return formatInstant(this.read(CLOCK_MONOTONIC) + this.lead);
  }

  /** Nanoseconds by which CLOCK_REALTIME has been set since the beginning. */
  get step(): bigint {
    this.lastLead = this.readLead() ?? this.lastLead;
    const step = this.lastLead - this.lead;
    return step > -LEAST_STEP && step < LEAST_STEP ? 0n : step;
  }

  private readLead(): bigint | undefined {
    const before = this.read(CLOCK_MONOTONIC);
    const realtime = this.read(CLOCK_REALTIME);
    const after = this.read(CLOCK_MONOTONIC);
    return after - before < AT_ONE_MOMENT ? realtime - before : undefined;
  }
}

const clock = new RunClock(readClock);

export const now = (): string => clock.now();

/** How far CLOCK_REALTIME, which stamps the tape's frames (packet(7)), has been set since the run began, ns. */
export const clockStep = (): bigint => clock.step;

/** The run's time of what CLOCK_REALTIME stamped while it was set by so much. */
export const settleStamp = (seconds: number, nanoseconds: number, step: bigint): string =>
  formatInstant(BigInt(seconds) * NANOSECONDS + BigInt(nanoseconds) - step);

const CLOCK_MONOTONIC_COARSE = 6; // linux/time.h

/** Timer ticks a second: the coarse clock advances once a tick, and says so (clock_getres(2)). */
export function ticksPerSecond(): number {
  clockGetres(CLOCK_MONOTONIC_COARSE, timespecBytes);
  return Math.round(Number(NANOSECONDS) / Number(timespec[1] ?? 0n));
}

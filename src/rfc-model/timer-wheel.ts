// The kernel's timer wheel (kernel/time/timer.c): how far a timer of a given length is rounded up.

/** LVL_CLK_SHIFT, LVL_SIZE: each level is eight times coarser than the one below, and has 64 slots. */
const LEVEL_SHIFT = 3;
const SLOTS = 64;
const LEVELS = 9;

/** Milliseconds between the instants at which a timer of `seconds` can end; `hz`: ticks a second (CONFIG_HZ). */
export function wheelGranularity(hz: number, seconds: number): number {
  const ticks = hz * seconds;
  for (let level = 0; level < LEVELS; level++)
    if (ticks < (SLOTS - 1) << (level * LEVEL_SHIFT)) return ((1 << (level * LEVEL_SHIFT)) * 1000) / hz;
  throw new RangeError(`timer wheel: ${seconds} s at ${hz} ticks a second is longer than the wheel`);
}

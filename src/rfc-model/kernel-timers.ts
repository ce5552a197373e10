// How long Linux may take: its delayed acknowledgement, and how far its timer wheel rounds a timer up.

/**
 * Milliseconds: TCP_DELACK_MAX (HZ/5; include/net/tcp.h), which tcp_send_delayed_ack() never exceeds. On a connection that
 * carried little it is TCP_DELACK_MIN (HZ/25, 40 ms). A compressed ACK comes after a millisecond
 * (tcp_comp_sack_delay_ns), everything else at once; a SYN ACK or FIN that a timer sends again is no answer.
 */
export const DELAYED_ACK_MAX_MS = 200;

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

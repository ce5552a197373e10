// CONFIG_HZ: how many times a second the kernel's timers tick.

import { readFileSync } from "node:fs";
import { release } from "node:os";
import { gunzipSync } from "node:zlib";
import { ticksPerSecond } from "../kernel/clock.ts";

export interface ConfigHz {
  readonly hz: number;
  /** The file it stands in, or what it was derived from. */
  readonly from: string;
}

const BOOT = `/boot/config-${release()}`;

/** From the running kernel's own configuration or the one it was booted with; hidden there, from its coarse clock. */
export function readConfigHz(): ConfigHz {
  const places = [
    ["/proc/config.gz", () => gunzipSync(readFileSync("/proc/config.gz"))],
    [BOOT, () => readFileSync(BOOT)],
  ] as const;
  for (const [from, read] of places) {
    try {
      const [, hz] = /^CONFIG_HZ=(\d+)$/m.exec(read().toString("latin1")) ?? [];
      if (hz !== undefined) return { hz: Number(hz), from };
    } catch {
      // the next place, or none
    }
  }
  return { hz: ticksPerSecond(), from: "derived: clock_getres(CLOCK_MONOTONIC_COARSE) is one tick" };
}

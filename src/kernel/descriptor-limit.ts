// How many descriptors this process may have open (RLIMIT_NOFILE): Node raises it to the hard limit when it starts.

import { readFileSync } from "node:fs";

export function descriptorLimit(): number {
  const [, soft] = /^Max open files\s+(\d+|unlimited)/m.exec(readFileSync("/proc/self/limits", "latin1")) ?? [];
  return soft === undefined || soft === "unlimited" ? Number.POSITIVE_INFINITY : Number(soft);
}

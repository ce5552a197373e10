// How much memory all TCP of the host has: one account, whatever the namespace (sockstat_seq_show, net/ipv4/proc.c).

import { readFileSync } from "node:fs";

/** Pages; undefined where /proc/net/sockstat does not say. */
export function readTcpMemory(): number | undefined {
  const [, pages] = /^TCP:.* mem (\d+)$/m.exec(readFileSync("/proc/net/sockstat", "latin1")) ?? [];
  return pages === undefined ? undefined : Number(pages);
}

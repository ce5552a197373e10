// The memory of the kernel: what TCP has of it, and the slabs of its own objects.

import { readFileSync } from "node:fs";

/** Pages; undefined where /proc/net/sockstat does not say. */
export function readTcpMemory(): number | undefined {
  const [, pages] = /^TCP:.* mem (\d+)$/m.exec(readFileSync("/proc/net/sockstat", "latin1")) ?? [];
  return pages === undefined ? undefined : Number(pages);
}

/** KiB in all slabs; undefined where /proc/meminfo does not say. Userland's memory is no part of it. */
export function readSlab(): number | undefined {
  const [, kibibytes] = /^Slab:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "latin1")) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes);
}

/** Octets of one object of each of these caches; root's alone to read, and a cache may be merged into another. */
export function readObjectSizes(caches: readonly string[]): Readonly<Record<string, number>> {
  let text: string;
  try {
    text = readFileSync("/proc/slabinfo", "latin1");
  } catch {
    return {};
  }
  const rows = text.split("\n").map((line) => line.split(/\s+/));
  return Object.fromEntries(
    rows.filter(([name = ""]) => caches.includes(name)).map(([name = "", , , size]) => [name, Number(size)]),
  );
}

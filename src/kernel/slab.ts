// The kernel's memory for its own objects: sockets and mini-sockets are such (slabinfo(5), proc_meminfo(5)).

import { readFileSync } from "node:fs";

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

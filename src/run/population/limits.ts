// The largest population that ports, memory and the kernel's own limit allow: what is larger is refused before anything opens.

import { readFileSync } from "node:fs";
import { ADDRESSES, PORTS } from "../../drive/bulk-connections.ts";
import { UsageError } from "../../fault.ts";
import { readSysctl, trySysctl } from "../../kernel/sysctl.ts";

const MAX_TIME_WAITS = "net.ipv4.tcp_max_tw_buckets";

/**
 * Octets that the kernel is reckoned to need for one entry: the mini-socket (256), its port's bind buckets (128 + 128), its
 * share of the connection table (16), and as much again for a margin.
 */
const OCTETS = 1024;
/** What is left to the rest of the machine. */
const SHARE = 0.75;

/** Throws a UsageError that names the largest population that fits. */
export function refuseTooLarge(entries: number): void {
  const ports = PORTS * ADDRESSES;
  if (entries > ports) throw tooLarge(entries, ports, `${PORTS} ports of ${ADDRESSES} addresses are all there are`);
  const fit = entriesInMemory();
  if (entries > fit)
    throw tooLarge(
      entries,
      fit,
      `${Math.round(readAvailableMemory() / 2 ** 20)} MiB of memory are available, an entry is reckoned at 1 KiB`,
    );
}

/** How many entries the memory that is available has room for, with some left to the rest of the machine. */
export const entriesInMemory = (): number => Math.floor((readAvailableMemory() * SHARE) / OCTETS);

/** In the population's own namespace: raises the kernel's limit where it may be raised; returns how many it then allows. */
export function raiseLimit(entries: number): number {
  trySysctl(MAX_TIME_WAITS, String(entries + 1));
  return Number(readSysctl(MAX_TIME_WAITS) ?? entries);
}

/** The same; throws a UsageError that names the largest population that the kernel allows. */
export function raiseLimitOrRefuse(entries: number): void {
  const limit = raiseLimit(entries);
  if (limit < entries) throw tooLarge(entries, limit, `${MAX_TIME_WAITS} is ${limit} and cannot be raised here`);
}

const tooLarge = (entries: number, fits: number, why: string) =>
  new UsageError(`population of ${entries}: ${why}: the largest that fits is ${fits}: --population ${fits}`);

function readAvailableMemory(): number {
  const [, kibibytes] = /^MemAvailable:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "latin1")) ?? [];
  return kibibytes === undefined ? Number.POSITIVE_INFINITY : Number(kibibytes) * 1024;
}

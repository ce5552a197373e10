// Network sysctls of the namespace that the main thread is in, read and written through /proc/sys.

import { readdirSync, writeFileSync } from "node:fs";
import { KernelError } from "./libc.ts";
import { readProcFile } from "./proc-file.ts";

/** "net.ipv4.tcp_fin_timeout" → its file; a dot in a name is a slash in the path (sysctl(8)). */
const fileOf = (name: string): string => `/proc/sys/${name.replaceAll(".", "/")}`;

/** The value with its tabs made blanks; undefined where this kernel has no such sysctl or hides it. */
export function readSysctl(name: string): string | undefined {
  try {
    return readProcFile(fileOf(name)).trim().replaceAll("\t", " ");
  } catch {
    return undefined;
  }
}

/** Throws a KernelError: ENOENT where the kernel lacks it, EACCES or EROFS where it is not ours to write, EINVAL. */
export function writeSysctl(name: string, value: string): void {
  try {
    writeFileSync(fileOf(name), value);
  } catch (error) {
    throw new KernelError(`writing ${name}=${value}`, (error as NodeJS.ErrnoException).code ?? String(error));
  }
}

/** Writes what only makes things better: returns false where it cannot be written. */
export function trySysctl(name: string, value: string): boolean {
  try {
    writeSysctl(name, value);
    return true;
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return false;
  }
}

/** tcp_fastopen_key is the host's secret, and a run's folder is handed in. */
export const isSecret = (name: string): boolean => name.endsWith("_key");

/** Every readable sysctl below net.ipv4 that is a file of its own (not the per-interface folders). */
export function readIpv4Sysctls(): Readonly<Record<string, string>> {
  const names = readdirSync("/proc/sys/net/ipv4", { withFileTypes: true });
  const pairs = names.flatMap((entry) => {
    const name = `net.ipv4.${entry.name}`;
    const value = entry.isFile() ? readSysctl(name) : undefined;
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(pairs);
}

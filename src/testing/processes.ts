// Looks after other processes through /proc: whether one is gone, whose child it is, which network namespace it is in.

import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 20;
const DEADLINE_MS = 30_000;

/** Asks until the answer is there. Throws after half a minute, naming what was waited for. */
export async function until<T>(what: string, ask: () => T | undefined | false): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const answer = ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await sleep(POLL_MS);
  }
}

/** A zombie is gone: where process 1 reaps nobody, it stays in the list. */
export const isGone = (pid: number): boolean => (statOf(pid)?.state ?? "Z") === "Z";

export function childrenOf(pid: number): readonly number[] {
  return pids().filter((child) => statOf(child)?.parent === pid && !isGone(child));
}

/** "net:[4026532000]"; undefined once the process is gone. */
export function networkNamespaceOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/net`);
  } catch {
    return undefined;
  }
}

export const processesIn = (namespace: string): readonly number[] =>
  pids().filter((pid) => networkNamespaceOf(pid) === namespace);

/** Whether somebody listens at a port from this one on in the network namespace that the process's main thread is in. */
export function hasListener(pid: number, firstPort: number): boolean {
  try {
    const listeners = readFileSync(`/proc/${pid}/net/tcp`, "latin1").matchAll(/: [0-9A-F]+:([0-9A-F]{4}) \S+ 0A /g);
    return [...listeners].some(([, port = ""]) => Number.parseInt(port, 16) >= firstPort);
  } catch {
    return false;
  }
}

const pids = (): readonly number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

/** proc(5), /proc/pid/stat: the name in the second place may hold anything but ends with the last parenthesis. */
function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const [state = "Z", parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

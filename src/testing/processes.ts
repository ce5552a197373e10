// Looks after other processes through /proc: whether one is gone, whose child it is, which network namespaces it keeps.

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

/** "net:[4026532000]"; undefined once the process, or what it had open there, is gone. */
function namespaceAt(link: string): string | undefined {
  try {
    const target = readlinkSync(link);
    return target.startsWith("net:") ? target : undefined;
  } catch {
    return undefined;
  }
}

/** The network namespaces that a process has open, without the one that it is in itself. */
export function keptNamespacesOf(pid: number): readonly string[] {
  const own = namespaceAt(`/proc/${pid}/ns/net`);
  const open = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => namespaceAt(`/proc/${pid}/fd/${fd}`) ?? []);
  return open.filter((namespace) => namespace !== own);
}

export const processesIn = (namespaces: readonly string[]): readonly number[] =>
  pids().filter((pid) => namespaces.includes(namespaceAt(`/proc/${pid}/ns/net`) ?? ""));

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

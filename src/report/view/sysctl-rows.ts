// The sysctls of a run as rows of a table: those that bear on TCP, and those that scenes rest on.

import { PINS } from "../../claims/pins.ts";
import type { EnvironmentView } from "./run-view.ts";

export interface SysctlRow {
  readonly name: string;
  /** "" where the namespace has none of this name. */
  readonly own: string;
  readonly outside: string;
}

/** Keys that belong to the machine's owner alone: only root can read them, and a report is handed in. */
const SECRET = new Set(["net.ipv4.tcp_fastopen_key"]);

/** By name; none where nothing is known of either. */
export function sysctlRows({ sysctls: { host = {}, namespace = {} } = {} }: EnvironmentView): readonly SysctlRow[] {
  return [...new Set([...Object.keys(namespace), ...Object.keys(host)])]
    .filter((name) => name.startsWith("net.ipv4.tcp_") && !SECRET.has(name))
    .sort()
    .map((name) => ({ name, own: namespace[name] ?? "", outside: host[name] ?? "" }));
}

/** Heads the rows. */
export const RESTS_ON = "What every scene rests on, unless it is about it";
const ONLY_HELD = "Only in scenes whose segments are held.";

export interface PinRow {
  readonly name: string;
  /** What it was pinned at, or why it was not. */
  readonly value: string;
  readonly because: string;
}

/** None of a run whose environment says nothing of pins. */
export function pinRows({ sysctls: { asked = {}, unpinned } = {} }: EnvironmentView): readonly PinRow[] {
  if (unpinned === undefined) return [];
  return Object.entries(PINS).map(([name, { value, because: why, held }]) => {
    const because = held === true ? `${why} ${ONLY_HELD}` : why;
    const [wanted, refusal] = [asked[name], unpinned[name]];
    if (wanted !== undefined) return { name, value: `${wanted} (asked for)`, because };
    return { name, value: refusal === undefined ? value : `not set: ${refusal}`, because };
  });
}

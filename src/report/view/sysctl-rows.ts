// The sysctls that a report shows: those that bear on TCP, of the namespace and of the host side by side.

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

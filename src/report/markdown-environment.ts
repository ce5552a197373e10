// The machine of a run in report.md: its tools, its witnesses, and the sysctls that bear on TCP.

import { code, details, escaped, table } from "./markdown-text.ts";
import type { EnvironmentView } from "./run-view.ts";

export function environmentSection(environment: EnvironmentView): string {
  const { tools = {}, witnesses = [], configHz } = environment;
  const facts = [
    ...(configHz === undefined ? [] : [`The kernel ticks ${configHz} times a second (CONFIG_HZ).`]),
    ...(witnesses.length === 0 ? [] : [`Witnesses: wire, ${witnesses.map(escaped).join(", ")}.`]),
    ...Object.entries(tools).map(([tool, version]) => `${escaped(tool)}: ${escaped(version)}.`),
  ];
  return ["## The machine", facts.map((fact) => `- ${fact}`).join("\n"), sysctls(environment)]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Keys that belong to the machine's owner alone: only root can read them, and a report is handed in. */
const SECRET = new Set(["net.ipv4.tcp_fastopen_key"]);

/** Every one that the namespace or the host has; where the two differ, that is said. */
function sysctls({ sysctls: { host = {}, namespace = {} } = {} }: EnvironmentView): string {
  const names = [...new Set([...Object.keys(namespace), ...Object.keys(host)])]
    .filter((name) => name.startsWith("net.ipv4.tcp_") && !SECRET.has(name))
    .sort();
  if (names.length === 0) return "";
  const rows = names.map((name) => {
    const [own = "", outside = ""] = [namespace[name], host[name]];
    return [code(name), code(own), own === outside ? "the same" : code(outside)];
  });
  return details("Sysctls of the namespace and of the host", table(["sysctl", "namespace", "host"], rows));
}

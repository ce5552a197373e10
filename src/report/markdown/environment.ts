// The machine of a run in report.md: its tools, its witnesses, and the sysctls that bear on TCP.

import type { EnvironmentView } from "../view/run-view.ts";
import { pinRows, RESTS_ON, sysctlRows } from "../view/sysctl-rows.ts";
import { code, details, escaped, table } from "./text.ts";

export function environmentSection(environment: EnvironmentView): string {
  const { tools = {}, witnesses = [], configHz } = environment;
  const facts = [
    ...(configHz === undefined ? [] : [`The kernel ticks ${configHz} times a second (CONFIG_HZ).`]),
    ...(witnesses.length === 0 ? [] : [`Witnesses: wire, ${witnesses.map(escaped).join(", ")}.`]),
    ...Object.entries(tools).map(([tool, version]) => `${escaped(tool)}: ${escaped(version)}.`),
  ];
  return ["## The machine", facts.map((fact) => `- ${fact}`).join("\n"), pins(environment), sysctls(environment)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function pins(environment: EnvironmentView): string {
  const rows = pinRows(environment).map(({ name, value, because }) => [code(name), code(value), escaped(because)]);
  return rows.length === 0 ? "" : details(RESTS_ON, table(["sysctl", "value", "why"], rows));
}

/** Every one that the namespace or the host has; where the two differ, that is said. */
function sysctls(environment: EnvironmentView): string {
  const rows = sysctlRows(environment).map(({ name, own, outside }) => [
    code(name),
    code(own),
    own === outside ? "the same" : code(outside),
  ]);
  if (rows.length === 0) return "";
  return details("Sysctls of the namespace and of the host", table(["sysctl", "namespace", "host"], rows));
}

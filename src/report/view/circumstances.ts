// Under what a run stood that others do not: what the user asked of the kernel, which scenes that did not reach, and what the host was short of.

import type { EnvironmentView, RunView, SceneView } from "./run-view.ts";

/** Heads what is told. */
export const CIRCUMSTANCES = "Circumstances of this run";

/** Scenes that one still reads by name. */
const FEW = 3;

/** Plain sentences; none of a run as any other. `scenes`: of the whole run. */
export function formatCircumstances(
  { environment, verdict }: RunView,
  scenes: readonly SceneView[],
): readonly string[] {
  const played = scenes.filter(({ setting }) => setting !== undefined);
  const asked = Object.entries(environment.sysctls?.asked ?? {}).map(([name, value]) => formatOne(name, value, played));
  const told = [...asked, ...formatShortage(environment)];
  return told.length === 0 || verdict.summary.surprises === 0 ? told : [...told, THEIR_DOING];
}

const THEIR_DOING = "A surprise may come of this.";

const TCP_MEM = "net.ipv4.tcp_mem";

/** No namespace has a tcp_mem of its own (ip-sysctl): above its first number the kernel may be under pressure. */
function formatShortage({ tcpMemory, sysctls: { host = {} } = {} }: EnvironmentView): readonly string[] {
  const limits = host[TCP_MEM];
  if (tcpMemory === undefined || limits === undefined || tcpMemory < Number.parseInt(limits, 10)) return [];
  return [
    `TCP's memory was short on this host: ${tcpMemory} pages were in use at the end, and ${TCP_MEM} = ${limits}. The kernel then offers smaller windows and drops segments.`,
  ];
}

function formatOne(name: string, value: string, played: readonly SceneView[]): string {
  const missed = played.filter(({ setting }) => name in recordOf(setting?.data?.unreached));
  const begun = `${name} = ${value} was asked for.`;
  if (missed.length === 0) return `${begun} It reached every scene.`;
  const values = [...new Set(missed.map(({ setting }) => recordOf(setting?.data?.sysctls)[name]))];
  const to = values.length === 1 && values[0] !== undefined ? ` to ${values[0]}` : " otherwise";
  if (missed.length === 1) return `${begun} It did not reach ${missed[0]?.id}, which is about it and sets it${to}.`;
  const which =
    missed.length > FEW ? `${missed.length} of ${played.length} scenes` : missed.map(({ id }) => id).join(", ");
  return `${begun} It did not reach ${which}, which are about it and set it${to}.`;
}

const recordOf = (value: unknown): Readonly<Record<string, string>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, string>>) : {};

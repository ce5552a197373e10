// Which sysctls this machine lets a namespace have: of a level the others are left out, and that is told.

import { spawnSync } from "node:child_process";
import type { Factor, Level } from "./factors.ts";

const NAMESPACE = process.getuid?.() === 0 ? ["--net"] : ["--user", "--map-root-user", "--net"];
/** Prints the number of each pair that is refused. */
const WRITE_ALL =
  'n=0; while [ $# -gt 0 ]; do { printf %s "$2" > "/proc/sys/$1"; } 2>/dev/null || echo $n; n=$((n+1)); shift 2; done';

/** Throws an Error where there is no namespace to try it in. */
function refusedOf(settings: readonly (readonly [string, string])[]): ReadonlySet<string> {
  const pairs = settings.flatMap(([name, value]) => [name.replaceAll(".", "/"), value]);
  const { error, status, stdout, stderr } = spawnSync(
    "unshare",
    [...NAMESPACE, "sh", "-c", WRITE_ALL, "sh", ...pairs],
    {
      encoding: "utf8",
    },
  );
  if (error !== undefined || status !== 0)
    throw new Error(`grid: a namespace to try sysctls in: ${error?.message ?? stderr.trim()}`);
  const numbers = stdout.trim().split("\n").filter(Boolean).map(Number);
  return new Set(numbers.map((number) => settings[number]?.join(" = ") ?? ""));
}

/** The factors without what is refused; a level that was nothing else is left out. `leaveOut`: hears of each setting once. */
export function withoutRefused(
  factors: readonly Factor[],
  leaveOut: (what: string, why: string) => void,
): readonly Factor[] {
  const refused = refusedOf(
    factors.flatMap(({ levels }) => levels.flatMap(({ sysctls = {} }) => Object.entries(sysctls))),
  );
  for (const setting of refused) leaveOut(setting, "a namespace does not take it here");
  return factors.map(({ name, levels: [first, ...others] }) => ({
    name,
    levels: [first, ...others.flatMap((level) => stripped(level, refused))],
  }));
}

function stripped(level: Level, refused: ReadonlySet<string>): readonly Level[] {
  if (level.sysctls === undefined) return [level];
  const taken = Object.entries(level.sysctls).filter((setting) => !refused.has(setting.join(" = ")));
  return taken.length === 0 ? [] : [{ ...level, sysctls: Object.fromEntries(taken) }];
}

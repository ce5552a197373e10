// Which levels of a factor this machine can play; of the others it is told why not.

import { whereIs } from "../simulated-machine.ts";
import { fetchTool } from "./debian-tools.ts";
import type { Factor, Level } from "./factors.ts";

/** Why a level cannot be played here; undefined where it can. */
function missingFor({ tool, oneProcessor }: Level): string | undefined {
  if (oneProcessor === true && whereIs("taskset") === "") return "taskset is not installed (Debian package util-linux)";
  if (tool === undefined) return undefined;
  const fetched = fetchTool(tool);
  return "missing" in fetched ? fetched.missing : undefined;
}

/** Without the levels that cannot be played here; at most so many of each factor. `leaveOut`: hears of each that could not. */
export function playable(
  factors: readonly Factor[],
  most: number,
  leaveOut: (what: string, why: string) => void,
): readonly Factor[] {
  return factors.map(({ name, levels: [first, ...others] }) => {
    const had: Level[] = [];
    for (const level of others) {
      if (had.length === most - 1) break;
      const missing = missingFor(level);
      if (missing === undefined) had.push(level);
      else leaveOut(`${name} ${level.name}`, missing);
    }
    return { name, levels: [first, ...had] };
  });
}

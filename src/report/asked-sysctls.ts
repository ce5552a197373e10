// What the user asked of the kernel, and which scenes that did not reach: plain sentences for each sysctl.

import type { RunView, SceneView } from "./run-view.ts";

/** Heads what is told. */
export const ASKED = "What was asked of the kernel";

/** Scenes that one still reads by name. */
const FEW = 3;

/** Empty where nothing was asked for. `scenes`: of the whole run. */
export function spellAsked({ environment, verdict }: RunView, scenes: readonly SceneView[]): readonly string[] {
  const asked = Object.entries(environment.sysctls?.asked ?? {});
  if (asked.length === 0) return [];
  const played = scenes.filter(({ setting }) => setting !== undefined);
  const told = asked.map(([name, value]) => spellOne(name, value, played));
  return verdict.summary.surprises === 0 ? told : [...told, OWN_DOING];
}

const OWN_DOING = "A surprise may come of what was asked for.";

function spellOne(name: string, value: string, played: readonly SceneView[]): string {
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

// How a scene was played, in one line: at whose pace, over which family, with which sysctls.

import { SCENE_MODES } from "../../evidence/scene-modes.ts";
import { printable } from "./printable.ts";
import type { SceneView } from "./run-view.ts";

/** "" where it was not played. */
export function settingOf({ mode, setting }: SceneView): string {
  if (setting === undefined) return "";
  const pace = SCENE_MODES[mode].held ? "Every segment was held until the lab handed it on." : "Nothing was held.";
  const { family, mtu, sysctls, unreached } = setting.data ?? {};
  const facts = [
    ...(family === undefined ? [] : [String(family)]),
    ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
    ...entriesOf(sysctls).map(([name, value]) => `${name} = ${value}`),
    ...entriesOf(unreached).map(([name, value]) => `${name} = ${value} was asked for and did not reach this scene`),
  ];
  return facts.length === 0 ? pace : `${pace} (${printable(facts.join(", "))})`;
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(typeof value === "object" && value !== null ? value : {});

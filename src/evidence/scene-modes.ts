// How a scene can be played, one row each: what a reader of its evidence must know of it.

interface SceneModeFacts {
  /** Its segments wait on the wire until the lab decides on them. */
  readonly held: boolean;
  /** two: a client and a server, each with its port; many: connections of their own. */
  readonly ends: "two" | "many";
  /** Its steps are told one by one; of encounters there may be hundreds, and a table tells of them. */
  readonly story: boolean;
  /** whole: all that the kernel sent is written down; meetings: what the encounters came to; none: nobody hears the wire. */
  readonly tape: "whole" | "meetings" | "none";
}

export const SCENE_MODES = {
  /** Step by step, every witness looking after each. */
  stepped: { held: true, ends: "two", story: true, tape: "whole" },
  /** At the kernel's own pace. */
  free: { held: false, ends: "two", story: true, tape: "whole" },
  /** Many connections, each of which meets one forged segment. */
  encounters: { held: true, ends: "many", story: false, tape: "meetings" },
  /** Many connections that are left in TIME_WAIT and watched to their end. */
  population: { held: false, ends: "many", story: true, tape: "none" },
  /** A population that grows, looked at and weighed. */
  growth: { held: false, ends: "many", story: true, tape: "none" },
} as const satisfies Readonly<Record<string, SceneModeFacts>>;

export type SceneMode = keyof typeof SCENE_MODES;

export const SCENE_MODE_NAMES = Object.keys(SCENE_MODES) as [SceneMode, ...SceneMode[]];

/** What is known of a mode as a stranger's timeline spells it. */
export const factsOfMode = (mode: unknown): SceneModeFacts | undefined =>
  typeof mode === "string" && Object.hasOwn(SCENE_MODES, mode) ? SCENE_MODES[mode as SceneMode] : undefined;

// With which sysctls a scene is played, and at whose word: a pin gives way to what the user asks for, and that to what the scene is about.

import { PINS } from "../claims/pins.ts";
import type { Scene } from "./scene.ts";
import { isHeld } from "./scene-claims.ts";

type Sysctls = Readonly<Record<string, string>>;

/** The same for every scene of a run. */
export interface RunSetting {
  /** By --as-host or --sysctl, as the kernel spells the values. */
  readonly asked: Sysctls;
  /** Of the pins, those that this machine takes. */
  readonly pinned: Sysctls;
}

/** No name stands in both `pins` and `set`. */
export interface SceneSysctls {
  /** What the scene rests on, and nobody asked to be otherwise. */
  readonly pins: Sysctls;
  /** What the user asked for or the scene is about. */
  readonly set: Sysctls;
  /** What the user asked for in vain, since the scene is about this sysctl. */
  readonly unreached: Sysctls;
}

export function sysctlsOf(scene: Scene, { asked, pinned }: RunSetting): SceneSysctls {
  const opened = (scene.mode === "encounters" && scene.raisedLimits) || {};
  const own: Sysctls = { ...opened, ...scene.sysctls };
  const reaching = Object.entries(asked).filter(([name]) => !(name in own));
  const set = { ...Object.fromEntries(reaching), ...scene.sysctls };
  const pins = Object.entries(pinned).filter(
    ([name]) => !(name in set) && (PINS[name]?.held !== true || isHeld(scene)),
  );
  const unreached = Object.entries(asked).filter(([name, value]) => name in own && own[name] !== value);
  return { pins: Object.fromEntries(pins), set, unreached: Object.fromEntries(unreached) };
}

// What a scene's namespace is set to before anything opens, what its first note says of that, and the shape of its tape.

import type { SceneSettingData } from "../evidence/notes.ts";
import { SCENE_MODES } from "../evidence/scene-modes.ts";
import { addLoopbackAddress, bringLoopbackUp, limitLoopbackFrames } from "../kernel/loopback.ts";
import { trySysctl, writeSysctl } from "../kernel/sysctl.ts";
import type { Scene } from "../lab/scene.ts";
import { isHeld } from "../lab/scene-claims.ts";
import { type RunSetting, sysctlsOf } from "../lab/scene-sysctls.ts";
import { LARGEST_FRAME, Tape, type TapeShape } from "../wire/tape.ts";

/** In a fresh namespace: sysctls are written, lo is brought up. Returns the limits that this kernel does not let us open. */
export function setUpNamespace(scene: Scene, run: RunSetting): readonly string[] {
  const { pins, set } = sysctlsOf(scene, run);
  for (const [name, value] of Object.entries({ ...pins, ...set })) writeSysctl(name, value);
  bringLoopbackUp();
  if (scene.address !== undefined) addLoopbackAddress(scene.address);
  if (scene.mtu !== undefined) limitLoopbackFrames(scene.mtu);
  return openLimits(limitsOf(scene));
}

/**
 * What the note that a scene begins with says of its sysctls: those it rests on apart from those that are its question.
 * `missing`: limits that this kernel did not let us open.
 */
export function settingData(
  scene: Scene,
  run: RunSetting,
  missing: readonly string[] = [],
): Pick<SceneSettingData, "sysctls" | "pins" | "unreached"> {
  const { pins, set, unreached } = sysctlsOf(scene, run);
  const opened = Object.entries(limitsOf(scene)).filter(([name]) => !missing.includes(name));
  return {
    sysctls: { ...Object.fromEntries(opened), ...set },
    pins: { ...pins },
    ...(Object.keys(unreached).length > 0 && { unreached }),
  };
}

const limitsOf = (scene: Scene): Readonly<Record<string, string>> =>
  (scene.mode === "encounters" && scene.raisedLimits) || {};

/** Before Linux 5.19 tcp_challenge_ack_limit was one for the whole host, and in a namespace there is none to write. */
function openLimits(limits: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(limits).flatMap(([name, value]) => (trySysctl(name, value) ? [] : [name]));
}

/**
 * Room for a burst between two readings of the ring: 64 frames of lo's full MTU, or 8192 small ones. `isPrivate`: the scene
 * has a namespace to itself, so that nobody else sends there and what the kernel counts can be compared.
 */
export const startTape = (scene: Scene, isPrivate: boolean): Promise<Tape> =>
  Tape.start(shapeFor(scene), { deafToDelivered: isHeld(scene), gsoSizes: isPrivate });

function shapeFor(scene: Scene): TapeShape {
  if (SCENE_MODES[scene.mode].ends === "many") return { frameSize: 2048, frames: 2048 };
  return scene.mtu === undefined ? { frameSize: LARGEST_FRAME, frames: 64 } : { frameSize: 2048, frames: 8192 };
}

// What a scene is run with: the run that it belongs to, its place among the scenes, and the world that it is given.

import type { Claim } from "../claims/claim.ts";
import type { Alphabet } from "../evidence/personal-alphabet.ts";
import { type Recorder, SceneRecorder } from "../evidence/recorder.ts";
import { now } from "../kernel/clock.ts";
import type { Scene } from "../lab/scene.ts";
import type { RunSetting } from "../lab/scene-sysctls.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import type { Witness } from "../witness/witness.ts";
import type { Populations } from "./population/populations.ts";
import { endpointsOf, freeEndpoints } from "./ports.ts";
import { settingData } from "./scene-setting.ts";
import type { SceneWorlds } from "./scene-worlds.ts";
import type { Stepper } from "./stepper.ts";

export interface SceneRun {
  /** Of the scene. */
  readonly claims: readonly Claim[];
  /** Of the scene, in order. */
  readonly steps: readonly string[];
  /** Among the scenes of the run, for its ports. */
  readonly number: number;
  readonly family: Family;
  /** Of the run's ports, where another run at the same time must not have the same. */
  readonly portBlock?: number;
  readonly worlds: SceneWorlds;
  readonly populations: Populations;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  /** Told of a witness that nobody should ask again in the whole run. */
  readonly giveUp: (witness: Witness) => void;
  readonly sysctls: RunSetting;
  readonly signal: AbortSignal;
  /** A person who steps through the scene. */
  readonly stepper?: Stepper;
  /** What the ends write is the run's student's own. */
  readonly alphabet?: Alphabet;
}

export const recorderOf = ({ recorder }: Pick<SceneRun, "recorder">, { id }: Pick<Scene, "id">): SceneRecorder =>
  new SceneRecorder(recorder, id, now);

/** A scene whose world stands, and whose first note is written. */
export interface OpenScene extends Disposable {
  readonly world: World;
  readonly family: Family;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  readonly recorder: SceneRecorder;
  /** Limits that this kernel did not let us open. */
  readonly missing: readonly string[];
}

export async function openScene(scene: Scene, run: SceneRun): Promise<OpenScene> {
  const own = await run.worlds.make(scene);
  try {
    const { world, missing } = own;
    const family = scene.family ?? (scene.address === undefined ? run.family : "ipv4");
    const endpoints = world.isPrivate
      ? endpointsOf(family, run.number, scene.address, run.portBlock)
      : await freeEndpoints(family);
    const recorder = recorderOf(run, scene);
    recorder.note("scene", scene.title, {
      mode: scene.mode,
      family,
      client: { ...endpoints.client },
      server: { ...endpoints.server },
      ...settingData(scene, run.sysctls, missing),
      ...(scene.mtu !== undefined && { mtu: scene.mtu }),
    });
    return { world, family, endpoints, recorder, missing, [Symbol.dispose]: () => own[Symbol.dispose]() };
  } catch (error) {
    own[Symbol.dispose]();
    throw error;
  }
}

// Makes the world of each scene. The next scene's is made while the current one is played, since the kernel takes about 10 ms to set up a tape's ring.

import { SCENE_MODES } from "../evidence/scene-modes.ts";
import { makeParentNamespace, NetworkNamespace, withChildTables } from "../kernel/network-namespace.ts";
import type { Scene } from "../lab/scene.ts";
import { isHeld } from "../lab/scene-claims.ts";
import type { RunSetting } from "../lab/scene-sysctls.ts";
import type { Capabilities } from "../machine/capabilities.ts";
import type { Tape } from "../wire/tape.ts";
import { SceneWorld } from "../wire/world.ts";
import { endOrphans } from "./orphans.ts";
import { setUpNamespace, startTape } from "./scene-setting.ts";

export interface OwnWorld extends Disposable {
  readonly world: SceneWorld;
  /** Limits that this kernel did not let us open. */
  readonly missing: readonly string[];
}

interface SceneWorldsSetting {
  readonly scenes: readonly Scene[];
  readonly sysctls: RunSetting;
  readonly capabilities: Pick<Capabilities, "have">;
}

interface Begun extends Disposable {
  readonly scene: Scene;
  readonly namespace: NetworkNamespace;
  readonly missing: readonly string[];
  readonly tape: Promise<Tape | undefined>;
}

/** Buckets of a scene's connection table: more than it has connections. */
const CONNECTION_TABLE = 1024;

export class SceneWorlds implements Disposable {
  private readonly setting: SceneWorldsSetting;
  private readonly parent: NetworkNamespace | undefined;
  private ahead: Begun | undefined;

  constructor(setting: SceneWorldsSetting) {
    this.setting = setting;
    this.parent = setting.capabilities.have.has("namespace") ? makeParentNamespace(CONNECTION_TABLE) : undefined;
  }

  /** A world that nobody has used yet; whoever asked for it disposes of it. */
  async make(scene: Scene): Promise<OwnWorld> {
    if (this.parent === undefined) return onHost(await this.startTape(scene, false));
    const begun = this.ahead?.scene === scene ? this.ahead : this.begin(scene, this.parent);
    this.ahead = undefined;
    try {
      this.beginNext(scene, this.parent);
      return inNamespace(begun, await begun.tape);
    } catch (error) {
      begun[Symbol.dispose]();
      throw error;
    }
  }

  /** A world of many connections: nobody hears what they send, and the connection table has `buckets`. */
  makeLarge(scene: Scene, buckets: number): SceneWorld {
    if (this.parent === undefined) throw new Error(`scene ${scene.id}: a population needs a namespace of its own`);
    const namespace = this.parent.inside(() =>
      withChildTables(buckets, () => NetworkNamespace.make(() => setUpNamespace(scene, this.setting.sysctls))),
    );
    return new SceneWorld(namespace, undefined);
  }

  [Symbol.dispose](): void {
    this.ahead?.[Symbol.dispose]();
    this.parent?.[Symbol.dispose]();
  }

  private beginNext(scene: Scene, parent: NetworkNamespace): void {
    const { scenes } = this.setting;
    const next = scenes[scenes.indexOf(scene) + 1];
    if (next === undefined || SCENE_MODES[next.mode].tape === "none") return;
    try {
      this.ahead = this.begin(next, parent);
    } catch {
      // It will be tried again when its turn comes, and told then.
    }
  }

  private begin(scene: Scene, parent: NetworkNamespace): Begun {
    let missing: readonly string[] = [];
    const namespace = parent.inside(() =>
      NetworkNamespace.make(() => {
        missing = setUpNamespace(scene, this.setting.sysctls);
      }),
    );
    const tape = namespace.inside(() => this.startTape(scene, true));
    tape.catch(() => {}); // told to who asks for the world
    return {
      scene,
      namespace,
      missing,
      tape,
      [Symbol.dispose]() {
        namespace[Symbol.dispose]();
        tape.then((started) => started?.[Symbol.dispose]()).catch(() => {});
      },
    };
  }

  private async startTape(scene: Scene, isPrivate: boolean): Promise<Tape | undefined> {
    return this.setting.capabilities.have.has("wire") ? startTape(scene, isPrivate) : undefined;
  }
}

function inNamespace({ scene, namespace, missing }: Begun, tape: Tape | undefined): OwnWorld {
  const world = new SceneWorld(namespace, tape);
  return {
    world,
    missing,
    [Symbol.dispose]: () => {
      using _world = world; // given back whatever becomes of the orphans
      if (isHeld(scene)) endOrphans(world);
    },
  };
}

function onHost(tape: Tape | undefined): OwnWorld {
  const world = new SceneWorld(undefined, tape);
  return { world, missing: [], [Symbol.dispose]: () => world[Symbol.dispose]() };
}

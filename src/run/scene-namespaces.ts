// Where scenes are played: a namespace for each with its tape. The next one's is made while one is played, since the kernel waits when it makes a tape's ring.

import { KeptNamespace } from "../kernel/network-namespace.ts";
import { isHeld, type Scene } from "../lab/lab.ts";
import type { RunSetting } from "../lab/scene-sysctls.ts";
import type { Capabilities } from "../machine/capabilities.ts";
import type { Tape } from "../wire/tape.ts";
import { endOrphans } from "./orphans.ts";
import { enterScene, startTape } from "./setting.ts";

/** The main thread is in it until it is disposed. */
export interface SceneNamespace extends Disposable {
  /** Undefined where this machine has no wire to hear. */
  readonly tape: Tape | undefined;
  /** Limits that this kernel did not let us open. */
  readonly missing: readonly string[];
}

interface SceneNamespacesSetting {
  readonly scenes: readonly Scene[];
  readonly sysctls: RunSetting;
  readonly capabilities: Pick<Capabilities, "have">;
}

interface Made extends Disposable {
  readonly scene: Scene;
  readonly namespace: KeptNamespace;
  readonly missing: readonly string[];
  readonly tape: Promise<Tape | undefined>;
}

export class SceneNamespaces implements Disposable {
  private readonly setting: SceneNamespacesSetting;
  private ahead: Made | undefined;

  constructor(setting: SceneNamespacesSetting) {
    this.setting = setting;
  }

  /** A place that nobody has used yet. To be called from the namespace that the scenes' are made from. */
  async enter(scene: Scene): Promise<SceneNamespace> {
    if (!this.setting.capabilities.have.has("namespace")) return placeOnHost(await this.startTape(scene, false));
    const made = this.ahead?.scene === scene ? this.ahead : this.make(scene);
    this.ahead = undefined;
    try {
      this.makeNext(scene);
      const tape = await made.tape;
      const visit = made.namespace.enter();
      return {
        tape,
        missing: made.missing,
        [Symbol.dispose]: () => {
          // Left whatever becomes of the orphans: the next place is made from the namespace before.
          using _made = made;
          using _visit = visit;
          if (isHeld(scene)) endOrphans();
        },
      };
    } catch (error) {
      made[Symbol.dispose]();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.ahead?.[Symbol.dispose]();
  }

  private makeNext(scene: Scene): void {
    const { scenes } = this.setting;
    const next = scenes[scenes.indexOf(scene) + 1];
    if (next === undefined || next.mode === "population" || next.mode === "growth") return;
    try {
      this.ahead = this.make(next);
    } catch {
      // It will be tried again when its turn comes, and told then.
    }
  }

  private make(scene: Scene): Made {
    using entered = enterScene(scene, this.setting.sysctls);
    const tape = this.startTape(scene, true);
    tape.catch(() => {}); // told to who enters
    const namespace = new KeptNamespace();
    return {
      scene,
      namespace,
      missing: entered.missing,
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

const placeOnHost = (tape: Tape | undefined): SceneNamespace => ({
  tape,
  missing: [],
  [Symbol.dispose]: () => tape?.[Symbol.dispose](),
});

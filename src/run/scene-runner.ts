// One scene on the running kernel: its namespace, its two ends, its tape and looks.

import { FreeEnd } from "../drive/free-end.ts";
import { HeldWire } from "../drive/held-wire.ts";
import { MachineVerbs } from "../drive/machine-verbs.ts";
import { OtherSockets } from "../drive/other-sockets.ts";
import { awaitSecond, passTime } from "../drive/pass-time.ts";
import { type HeldSegment, NoAnswer, NothingCame, type Step, type StepRunner } from "../drive/step-runner.ts";
import { SteppedEnd } from "../drive/stepped-end.ts";
import type { Recorder } from "../evidence/recorder.ts";
import type { Note } from "../evidence/timeline.ts";
import { now } from "../kernel/clock.ts";
import { type FreeScene, mayNotPause, type SteppedScene } from "../lab/lab.ts";
import type { End } from "../tcp/end.ts";
import type { World } from "../wire/world.ts";
import { countersSince } from "../witness/counters/counters.ts";
import type { Subject, Witness } from "../witness/witness.ts";
import { Looks } from "./looks.ts";
import { SceneTape } from "./scene-tape.ts";
import type { Setting } from "./setting.ts";
import { stepNumberer } from "./step-name.ts";
import { Interrupted, type Stepper } from "./stepper.ts";

export interface SceneRunSetting extends Setting {
  readonly world: World;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  /** Told of a witness that nobody should ask again in the whole run. */
  readonly giveUp: (witness: Witness) => void;
  /** The steps after which a state claim wants every witness. */
  readonly askedSteps: ReadonlySet<string>;
  /** A claim asks about an end's listener beside its connection. */
  readonly watchesListener: boolean;
  readonly signal: AbortSignal;
  /** A person who steps through the scene. */
  readonly stepper?: Stepper;
}

export class SceneRunner implements StepRunner {
  private readonly setting: SceneRunSetting;
  private readonly tape: SceneTape;
  private readonly looks: Looks;
  private readonly numberStep = stepNumberer();
  private wire: HeldWire | undefined;
  private subjects: () => readonly Subject[] = () => [];

  constructor(setting: SceneRunSetting) {
    const { world } = setting;
    this.setting = setting;
    this.tape = new SceneTape(setting, setting.recorder, (segment) => this.wire?.take(segment));
    const counters = world.isPrivate ? [countersSince(() => world.counters())] : [];
    const witnesses = [...setting.witnesses, ...counters];
    this.looks = new Looks(setting.scene.id, world, witnesses, setting.recorder, setting.giveUp);
  }

  /** Plays the scene to its end, or to where the wire did not bring what the lab waited for. */
  async play(scene: SteppedScene | FreeScene): Promise<void> {
    if (scene.mode === "stepped") await this.playStepped(scene);
    else await this.playFree(scene);
  }

  async runStep(step: Step): Promise<void> {
    this.stopIfInterrupted();
    await step.prepare?.();
    this.stopIfInterrupted();
    const chosen = await this.chosenStep(step);
    this.readTape();
    const name = this.numberStep(chosen.name);
    const action = this.setting.recorder.begin({
      type: "action",
      at: now(),
      scene: this.setting.scene.id,
      step: name,
      actor: step.actor,
      sentence: "",
      outcome: { ok: true },
    });
    const { segments, ...done } = await chosen.execute();
    action.finish({ ...done, ...(segments !== undefined && { segments }) });
    this.stopIfInterrupted(); // it may have been cut short: nobody looks at what it should have led to
    await this.tape.settle();
    const { stepper, askedSteps } = this.setting;
    await this.looks.take(action.id, this.subjects(), stepper !== undefined || askedSteps.has(name));
    stepper?.show(action.id);
  }

  /** What the lab says, or what a person chose in its stead. */
  private async chosenStep(step: Step): Promise<Pick<Step, "name" | "execute">> {
    const { scene, stepper, signal } = this.setting;
    if (stepper === undefined || mayNotPause(scene)) return step;
    const fate = await stepper.choose(step.name, step.choice?.segment(), signal);
    this.readTape(); // a person may have thought for long: what came meanwhile came before the step
    const other = fate === "deliver" ? undefined : step.choice?.others[fate];
    if (other === undefined) return step;
    const text = `Here a person chose "${other.name}" instead of "${step.name}": what follows is not the lab's scene any more, and no claim rests on it.`;
    this.note("departed", text, { instead: step.name, chosen: other.name });
    return other;
  }

  readTape(): void {
    this.tape.read();
  }

  writeMade(made: { origin: "forged" | "altered"; packet: Uint8Array; alters?: string }): HeldSegment {
    const { packet, ...rest } = made;
    return this.tape.write(now(), packet, rest);
  }

  private async playStepped(scene: SteppedScene): Promise<void> {
    const { world, family, endpoints } = this.setting;
    this.wire = new HeldWire(this, world, family, endpoints);
    using client = this.steppedEnd("client", scene, this.wire);
    using server = this.steppedEnd("server", scene, this.wire);
    this.subjects = () => [
      client.sockets.subject,
      server.sockets.subject,
      ...(this.setting.watchesListener ? [client, server].flatMap(({ sockets }) => sockets.listenerSubject ?? []) : []),
    ];
    if (scene.established !== undefined) await this.establish(client, server, scene.established);
    const wire = this.wire;
    using others = this.others;
    await this.untilItEnds(() => scene.play({ client, server, wire, others, time: this.time }));
  }

  private async playFree(scene: FreeScene): Promise<void> {
    const { world, endpoints } = this.setting;
    const { client: local, server: remote } = endpoints;
    await using client = new FreeEnd({ end: "client", world, local, remote, ...this.personal }, this);
    await using server = new FreeEnd({ end: "server", world, local: remote, remote: local, ...this.personal }, this);
    this.subjects = () => [client.subject, server.subject];
    using others = this.others;
    const machine = new MachineVerbs(world, this);
    await this.untilItEnds(() => scene.play({ client, server, others, machine, time: this.time }));
  }

  /** The evidence ends with the play: what the ends send while they are cleaned away is no part of the scene. */
  private async untilItEnds(play: () => Promise<void>): Promise<void> {
    try {
      await play();
    } catch (error) {
      const told = error instanceof Error ? `${error.message}. The scene ends here.` : "";
      if (error instanceof NothingCame) this.note("nothing-came", told, { ...error.awaited });
      else if (error instanceof NoAnswer) this.note("no-answer", told);
      else throw error;
    } finally {
      await this.tape.settle();
      this.noteHeld();
      this.noteTape();
    }
  }

  private steppedEnd(end: End, scene: SteppedScene, wire: HeldWire): SteppedEnd {
    const { world, family, endpoints } = this.setting;
    const [local, remote] =
      end === "client" ? [endpoints.client, endpoints.server] : [endpoints.server, endpoints.client];
    const isn = scene.isn?.[end];
    const chosen = { ...(isn !== undefined && { isn }), ...this.personal };
    const made = new SteppedEnd({ end, world, family, local, remote, ...chosen }, this, wire);
    made.sockets.open();
    return made;
  }

  private async establish(client: SteppedEnd, server: SteppedEnd, next: Readonly<Record<End, number>>): Promise<void> {
    await this.runStep({
      actor: "lab",
      name: "establish",
      execute: () => {
        client.sockets.establish(next.client, next.server);
        server.sockets.establish(next.server, next.client);
        this.wire?.begin(next);
        const numbers = `the client's next number is ${next.client}, the server's ${next.server}`;
        return {
          sentence: `The lab puts both ends into ESTABLISHED without a handshake (TCP_REPAIR): ${numbers}.`,
          outcome: { ok: true },
        };
      },
    });
  }

  private get personal() {
    const { alphabet } = this.setting;
    return alphabet === undefined ? {} : { alphabet };
  }

  private get others() {
    const { world, family, endpoints } = this.setting;
    return new OtherSockets(world, family, endpoints, this);
  }

  private get time() {
    return {
      pass: (duration: string) => passTime(duration, this, this.setting.signal),
      awaitSecond: () => awaitSecond(this, this.setting.signal),
    };
  }

  private noteHeld(): void {
    const held = this.wire?.undecided ?? [];
    if (held.length === 0) return;
    const formatted = held.map(({ end, segment }) => `the ${end}'s ${segment.flags.join(" ")}`).join(", ");
    this.note("held", `The lab neither handed on nor dropped: ${formatted}.`, {
      segments: held.map(({ id }) => id),
    });
  }

  private noteTape(): void {
    const account = this.tape.account();
    if (account !== undefined) this.note("tape", account.text, account.data);
  }

  private note(topic: string, text: string, data?: Note["data"]): void {
    this.setting.recorder.note({
      type: "note",
      at: now(),
      scene: this.setting.scene.id,
      topic,
      text,
      ...(data !== undefined && { data }),
    });
  }

  private stopIfInterrupted(): void {
    if (this.setting.signal.aborted) throw new Interrupted();
  }
}

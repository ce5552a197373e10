// Runs the steps of one scene on the running kernel: each is done and written down, the tape is read, and the witnesses look.

import type { HeldWire } from "../drive/held-wire.ts";
import { MachineVerbs } from "../drive/machine-verbs.ts";
import { OtherSockets } from "../drive/other-sockets.ts";
import { awaitSecond, passTime } from "../drive/pass-time.ts";
import {
  type HeldSegment,
  linesOf,
  type MadeSegment,
  NoAnswer,
  NothingCame,
  type Step,
  type StepRunner,
} from "../drive/step-runner.ts";
import { spawnsProcess } from "../evidence/witnesses.ts";
import { now } from "../kernel/clock.ts";
import type { Scene } from "../lab/scene.ts";
import { mayNotPause } from "../lab/scene-claims.ts";
import { countersSince } from "../witness/counters/counters.ts";
import type { Subject } from "../witness/witness.ts";
import { askedSteps } from "./asked-steps.ts";
import { Looks } from "./looks.ts";
import type { OpenScene, SceneRun } from "./scene-run.ts";
import { SceneTape } from "./scene-tape.ts";
import { Interrupted, stepNumberer } from "./stepper.ts";

export interface SceneRunSetting extends Omit<OpenScene, typeof Symbol.dispose> {
  readonly scene: Scene;
  readonly run: SceneRun;
}

export class SceneRunner implements StepRunner {
  private readonly setting: SceneRunSetting;
  private readonly tape: SceneTape;
  private readonly looks: Looks;
  private readonly askedSteps: ReadonlySet<string>;
  private readonly numberStep = stepNumberer();
  private wire: HeldWire | undefined;
  private subjects: () => readonly Subject[] = () => [];

  constructor(setting: SceneRunSetting) {
    const { world, run, recorder, endpoints } = setting;
    const counters = world.isPrivate ? [countersSince(() => world.counters())] : [];
    const witnesses = [...run.witnesses, ...counters];
    this.setting = setting;
    this.askedSteps = askedSteps(run.claims, run.steps);
    if (!mayNotPause(setting.scene)) run.stepper?.enter(world.path);
    this.tape = new SceneTape(setting);
    this.looks = new Looks({ world, recorder, witnesses, giveUp: run.giveUp }, [
      endpoints.client.port,
      endpoints.server.port,
    ]);
  }

  /** Whether a claim asks about an end's listener beside its connection. */
  get watchesListener(): boolean {
    return this.setting.run.claims.some(({ ask }) => "socket" in ask);
  }

  get others(): OtherSockets {
    const { world, family, endpoints } = this.setting;
    return new OtherSockets(world, family, endpoints, this);
  }

  get machine(): MachineVerbs {
    return new MachineVerbs(this.setting.world, this);
  }

  get time() {
    const { signal } = this.setting.run;
    return {
      pass: (duration: string) => passTime(duration, this, signal),
      awaitSecond: () => awaitSecond(this, signal),
    };
  }

  /** What the kernel sends is held there. */
  hold(wire: HeldWire): void {
    this.wire = wire;
  }

  /** Whom the witnesses look at after each step. */
  watch(subjects: () => readonly Subject[]): void {
    this.subjects = subjects;
  }

  async runStep(step: Step): Promise<void> {
    this.stopIfInterrupted();
    await step.prepare?.();
    this.stopIfInterrupted();
    const chosen = await this.chosenStep(step);
    this.readTape();
    const name = this.numberStep(chosen.name);
    const action = this.setting.recorder.begin({ step: name, actor: step.actor });
    const { segments, ...done } = await chosen.execute();
    action.finish({ ...done, ...(segments !== undefined && { segments }) });
    this.stopIfInterrupted(); // it may have been cut short: nobody looks at what it should have led to
    await this.tape.settle();
    this.readTape();
    await this.look(name, action.id);
    this.setting.run.stepper?.show(action.id);
  }

  /** All look for a person, and where a claim asks; else those that cost next to nothing. */
  private async look(step: string, action: string): Promise<void> {
    const askAll = this.setting.run.stepper !== undefined || this.askedSteps.has(step);
    const witnesses = this.looks.witnesses.filter(({ name }) => askAll || !spawnsProcess(name));
    await this.looks.take(witnesses, this.subjects(), () => action);
  }

  /** What the lab says, or what a person chose in its stead. */
  private async chosenStep(step: Step): Promise<Pick<Step, "name" | "execute">> {
    const { scene, recorder, run } = this.setting;
    if (run.stepper === undefined || mayNotPause(scene)) return step;
    const fate = await run.stepper.choose(step.name, step.choice?.segment(), run.signal);
    this.readTape(); // a person may have thought for long: what came meanwhile came before the step
    const other = fate === "deliver" ? undefined : step.choice?.others[fate];
    if (other === undefined) return step;
    const text = `Here a person chose "${other.name}" instead of "${step.name}": what follows is not the lab's scene any more, and no claim rests on it.`;
    recorder.note("departed", text, { instead: step.name, chosen: other.name });
    return other;
  }

  readTape(): void {
    for (const held of this.tape.read()) this.wire?.take(held);
  }

  writeMade(made: MadeSegment): HeldSegment {
    return this.tape.writeMade(now(), made);
  }

  /** The evidence ends with the play: what the ends send while they are cleaned away is no part of the scene. */
  async untilItEnds(play: () => Promise<void>): Promise<void> {
    const { recorder } = this.setting;
    try {
      await play();
    } catch (error) {
      const told = error instanceof Error ? `${error.message}. The scene ends here.` : "";
      if (error instanceof NothingCame) recorder.note("nothing-came", told, { ...error.awaited });
      else if (error instanceof NoAnswer) recorder.note("no-answer", told);
      else throw error;
    } finally {
      await this.tape.settle();
      this.readTape();
      this.noteHeld();
      this.tape.noteAccount();
    }
  }

  private noteHeld(): void {
    const held = this.wire?.undecided ?? [];
    if (held.length === 0) return;
    const formatted = held.map(({ end, segment }) => `the ${end}'s ${segment.flags.join(" ")}`).join(", ");
    this.setting.recorder.note("held", `The lab neither handed on nor dropped: ${formatted}.`, {
      segments: linesOf(held),
    });
  }

  private stopIfInterrupted(): void {
    if (this.setting.run.signal.aborted) throw new Interrupted();
  }
}

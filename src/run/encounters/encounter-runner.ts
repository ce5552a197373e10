// One scene of encounters: its connections are brought to their state all together, then each meets its segment while the others stand still.

import { setTimeout as sleep } from "node:timers/promises";
import { type Encounter, meetStep, reachStep } from "../../drive/encounter.ts";
import { NothingCame } from "../../drive/step-runner.ts";
import { waitFor } from "../../drive/wait.ts";
import type { SceneRecorder } from "../../evidence/recorder.ts";
import { HarnessError } from "../../fault.ts";
import type { EncounterScene } from "../../lab/scene.ts";
import { DELAYED_ACK_MAX_MS } from "../../rfc-model/kernel-timers.ts";
import { otherEnd } from "../../tcp/end.ts";
import type { Family } from "../../tcp/segment.ts";
import type { World } from "../../wire/world.ts";
import type { LooksSetting } from "../looks.ts";
import { encounterEndpoints } from "../ports.ts";
import { Interrupted, stepNumberer } from "../stepper.ts";
import { EncounterLooks, type Looked, type Met } from "./encounter-looks.ts";
import { EncounterTape, TapedConnection } from "./encounter-tape.ts";

export interface EncounterRunSetting extends LooksSetting {
  readonly scene: EncounterScene;
  readonly world: World;
  readonly recorder: SceneRecorder;
  /** Among the scenes of the run, for its ports. */
  readonly number: number;
  readonly family: Family;
  readonly signal: AbortSignal;
}

/** After a meeting no answer is owed any more: the longest delay of one, and two ticks of the slowest clock (CONFIG_HZ=100). */
const ANSWERED_MS = DELAYED_ACK_MAX_MS + 20;
/** How long the tape may lag behind the kernel's counters while connections repeat what they sent. */
const SETTLE_MS = 1500;
/** So few that each meets its segment long before the kernel repeats its SYN or SYN ACK (1 s, TCP_TIMEOUT_INIT). */
const TOGETHER = 24;
/** Since its way was begun: one that meets its segment later could be answered by that timer. */
const STALE_MS = 800;

/** Encounters that did not go as they should, each with the reason in words. */
type Failures = ReadonlyMap<Encounter, string>;

export class EncounterRunner {
  private readonly setting: EncounterRunSetting;
  private readonly tape: EncounterTape;
  private readonly connections: TapedConnection[] = [];
  private readonly numberStep = stepNumberer();
  private readonly looks: EncounterLooks;

  constructor(setting: EncounterRunSetting) {
    const { scene, world, recorder } = setting;
    this.setting = setting;
    this.tape = new EncounterTape(world, recorder);
    this.looks = new EncounterLooks(scene, setting);
  }

  /** Plays every encounter, and those that failed once more, each of them alone. */
  async play(): Promise<void> {
    try {
      const failed = await this.playAll(this.setting.scene.encounters, "first");
      if (failed.size > 0) this.noteFailed(await this.playAll([...failed.keys()], "again"));
      await waitFor(() => (this.tape.agrees() ? true : undefined), SETTLE_MS);
      this.tape.noteAccount();
    } finally {
      for (const connection of this.connections) connection[Symbol.dispose]();
    }
  }

  private async playAll(encounters: readonly Encounter[], round: Round): Promise<Failures> {
    const failures = new Map(encounters.map((encounter) => [encounter, "it did not reach its state"]));
    const met: Met[] = [];
    const together = round === "first" ? TOGETHER : 1;
    for (let start = 0; start < encounters.length; start += together)
      met.push(...(await this.playSome(encounters.slice(start, start + together), round)));
    const last = performance.now();
    await this.listenUntil(last + (this.setting.scene.patience ?? ANSWERED_MS));
    await this.looks.lookAfter(met);
    this.tape.closeMeetings();
    await this.listenUntil(last + ANSWERED_MS);
    for (const { apart, stale } of met)
      if (this.tape.late.has(apart)) failures.set(apart.encounter, "its answer came late");
      else if (stale) failures.set(apart.encounter, "it had to wait too long for its segment");
      else failures.delete(apart.encounter);
    return failures;
  }

  /** Brings some to their state together, and lets those that are there meet their segment one by one. */
  private async playSome(encounters: readonly Encounter[], round: Round): Promise<readonly Met[]> {
    const begun = performance.now();
    const opened = encounters.map((encounter) => this.openConnection(encounter));
    const ways = await Promise.allSettled(opened.map((apart) => apart.reach()));
    const there = opened.flatMap((apart, index) => this.noteReached(apart, ways[index], round));
    const met: Met[] = [];
    for (const apart of await this.looks.lookBefore(there)) {
      const after = await this.meet(apart, round);
      met.push({ apart, after, stale: performance.now() - begun > STALE_MS });
    }
    this.standBack();
    return met;
  }

  /** Ends the last meeting: what comes from now on was not sent in the same breath. */
  private standBack(): void {
    this.setting.recorder.action({
      step: this.numberStep("stand back"),
      actor: "lab",
      sentence: "The lab hands on nothing more to these.",
      outcome: { ok: true },
    });
  }

  private openConnection(encounter: Encounter): TapedConnection {
    const { family, number, world } = this.setting;
    const endpoints = encounterEndpoints(family, number, this.connections.length);
    const context = { family, world, readTape: () => this.tape.read() };
    const apart = new TapedConnection(encounter, endpoints, context);
    this.connections.push(apart);
    this.tape.follow(apart);
    return apart;
  }

  private noteReached(
    apart: TapedConnection,
    way: PromiseSettledResult<void> | undefined,
    round: Round,
  ): readonly Looked[] {
    const { id, way: path } = apart.encounter;
    const fault = way?.status === "rejected" ? faultOf(way.reason) : undefined;
    const after = this.setting.recorder.action({
      step: stepIn(round, reachStep(id)),
      actor: "lab",
      sentence:
        fault === undefined
          ? `A connection of its own is brought to ${path.state} at the ${path.subject}.`
          : `A connection should be brought to ${path.state} at the ${path.subject}, and was not: ${fault}.`,
      outcome: fault === undefined ? { ok: true } : { ok: false, error: fault },
    });
    if (fault !== undefined) return [];
    this.tape.openMeeting(apart);
    return [{ apart, after }];
  }

  private async meet(apart: TapedConnection, round: Round): Promise<string> {
    if (this.setting.signal.aborted) throw new Interrupted();
    const { id, way } = apart.encounter;
    const action = this.setting.recorder.begin({ step: stepIn(round, meetStep(id)), actor: "wire" });
    const { segments = [], ...done } = await apart.meet(({ packet }) =>
      this.tape.writeForged(packet, otherEnd(way.subject)),
    );
    action.finish({ ...done, segments: [...segments] });
    return action.id;
  }

  /** The tape holds what comes meanwhile, so that nobody needs to be awake. */
  private async listenUntil(instant: number): Promise<void> {
    await sleep(Math.max(0, instant - performance.now()));
    this.tape.read();
  }

  /** What did not go as it should the second time either is reported; the judge finds the same in the evidence. */
  private noteFailed(failures: Failures): void {
    if (failures.size === 0) return;
    const told = [...failures].map(([{ id }, reason]) => `${id} (${reason})`);
    this.setting.recorder.note(
      "encounter-fault",
      `Harness: ${told.length} of the encounters failed, and failed again when played once more: ${told.join("; ")}.`,
      { encounters: [...failures.keys()].map(({ id }) => id) },
    );
  }
}

/** An encounter that failed is played once more, under a name of its own. */
type Round = "first" | "again";
const stepIn = (round: Round, step: string): string => (round === "first" ? step : `${step} again`);

/** In words; anything but a wire that brought nothing and a refused call is a bug, and thrown on. */
function faultOf(reason: unknown): string {
  if (reason instanceof NothingCame || reason instanceof HarnessError) return reason.message;
  throw reason;
}

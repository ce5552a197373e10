// One scene of encounters: its connections are brought to their state all together, then each meets its segment while the others stand still.

import { setTimeout as sleep } from "node:timers/promises";
import { ConnectionApart } from "../drive/connection-apart.ts";
import { type Encounter, meetStep, reachStep } from "../drive/encounter.ts";
import { waitFor } from "../drive/patience.ts";
import { NothingCame } from "../drive/stagehand.ts";
import type { Recorder } from "../evidence/recorder.ts";
import { HarnessError } from "../fault.ts";
import { now } from "../kernel/clock.ts";
import type { EncounterScene } from "../lab.ts";
import { DELAYED_ACK_MAX_MS } from "../spec/delayed-ack.ts";
import { otherEnd } from "../tcp/end.ts";
import type { Family } from "../tcp/segment.ts";
import { Injector } from "../wire/injector.ts";
import type { Tape } from "../wire/tape.ts";
import type { Witness } from "../witness/witness.ts";
import { EncounterLooks, type Met } from "./encounter-looks.ts";
import { EncounterTape } from "./encounter-tape.ts";
import { encounterEndpoints } from "./setting.ts";
import { stepNumberer } from "./step-name.ts";
import { Interrupted } from "./stepper.ts";

export interface EncounterStageSetting {
  readonly scene: EncounterScene;
  /** Among the scenes of the run, for its ports. */
  readonly number: number;
  readonly family: Family;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  /** Told of a witness that nobody should ask again in the whole run. */
  readonly giveUp: (witness: Witness) => void;
  readonly signal: AbortSignal;
}

/** After a meeting no answer is owed any more: the longest delay of one, and two ticks of the slowest clock (CONFIG_HZ=100). */
const ANSWERED_MS = DELAYED_ACK_MAX_MS + 20;
/** How long the tape may lag behind the kernel's counters while connections repeat what they sent. */
const SETTLE_MS = 1500;
/** So few that each meets its segment long before the kernel repeats its SYN or SYN ACK (1 s, TCP_TIMEOUT_INIT). */
const TOGETHER = 24;
const STALE_MS = 800;

export class EncounterStage {
  private readonly setting: EncounterStageSetting;
  private readonly tape: EncounterTape;
  private readonly aparts: ConnectionApart[] = [];
  private readonly numberStep = stepNumberer();
  private readonly looks: EncounterLooks;

  /** Everything in `setting` must stand: the namespace entered, the tape running. */
  constructor(setting: EncounterStageSetting, tape: Tape) {
    this.setting = setting;
    this.tape = new EncounterTape(tape, setting.recorder, setting.scene.id);
    this.looks = new EncounterLooks(setting.scene, setting.recorder, setting.witnesses, setting.giveUp);
  }

  /** Plays every encounter; one that failed, or whose answer came late, once more. */
  async play(): Promise<void> {
    using injector = new Injector(this.setting.family);
    try {
      const again = await this.playAll(this.setting.scene.encounters, injector, "first");
      const still = again.length > 0 ? await this.playAll(again, injector, "again") : [];
      this.noteFailed(still);
      this.tape.noteTape((await waitFor(() => (this.tape.agrees() ? true : undefined), SETTLE_MS)) === true);
    } finally {
      for (const apart of this.aparts) apart[Symbol.dispose]();
    }
  }

  /** Returns those that did not go as they should. */
  private async playAll(encounters: readonly Encounter[], injector: Injector, round: Round): Promise<Encounter[]> {
    const met: Met[] = [];
    const together = round === "first" ? TOGETHER : 1;
    for (let start = 0; start < encounters.length; start += together)
      met.push(...(await this.playSome(encounters.slice(start, start + together), injector, round)));
    const last = performance.now();
    await this.listenUntil(last + (this.setting.scene.patience ?? ANSWERED_MS));
    await this.looks.lookAfter(met);
    this.tape.closeMeetings();
    await this.listenUntil(last + ANSWERED_MS);
    const fine = new Set(met.filter(({ apart }) => !this.tape.late.has(apart)).map(({ apart }) => apart.encounter));
    return encounters.filter((encounter) => !fine.has(encounter));
  }

  /** Brings some to their state together, and lets those that are there meet their segment one by one. */
  private async playSome(encounters: readonly Encounter[], injector: Injector, round: Round): Promise<readonly Met[]> {
    const begun = performance.now();
    const cast = encounters.map((encounter) => this.openApart(encounter, injector));
    const ways = await Promise.allSettled(cast.map((apart) => apart.reach()));
    const there = cast.flatMap((apart, index) => this.noteReached(apart, ways[index], round));
    const met: Met[] = [];
    for (const apart of await this.looks.lookBefore(there)) {
      met.push({ apart, after: await this.meet(apart, round) });
      if (performance.now() - begun > STALE_MS) this.tape.late.add(apart);
    }
    this.standBack();
    return met;
  }

  /** Ends the last meeting: what comes from now on was not sent in the same breath. */
  private standBack(): void {
    this.setting.recorder.begin({
      type: "action",
      at: now(),
      scene: this.setting.scene.id,
      step: this.numberStep("stand back"),
      actor: "lab",
      sentence: "The lab hands on nothing more to these.",
      outcome: { ok: true },
    });
  }

  private openApart(encounter: Encounter, injector: Injector): ConnectionApart {
    const { family, number } = this.setting;
    const endpoints = encounterEndpoints(family, number, this.aparts.length);
    const backstage = { family, injector, readTape: () => this.tape.read() };
    const apart = new ConnectionApart(encounter, endpoints, backstage);
    this.aparts.push(apart);
    this.tape.follow(apart);
    return apart;
  }

  private noteReached(
    apart: ConnectionApart,
    way: PromiseSettledResult<void> | undefined,
    round: Round,
  ): readonly Met[] {
    const { id, way: path } = apart.encounter;
    const fault = way?.status === "rejected" ? faultOf(way.reason) : undefined;
    const action = this.setting.recorder.begin({
      type: "action",
      at: now(),
      scene: this.setting.scene.id,
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
    return [{ apart, after: action.id }];
  }

  private async meet(apart: ConnectionApart, round: Round): Promise<string> {
    if (this.setting.signal.aborted) throw new Interrupted();
    const { id, way } = apart.encounter;
    const action = this.setting.recorder.begin({
      type: "action",
      at: now(),
      scene: this.setting.scene.id,
      step: stepIn(round, meetStep(id)),
      actor: "wire",
      sentence: "",
      outcome: { ok: true },
    });
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

  /** What did not go as it should the second time either is reported, and the judge will call it unwitnessed. */
  private noteFailed(encounters: readonly Encounter[]): void {
    if (encounters.length === 0) return;
    const late = this.tape.late;
    const told = encounters.map(({ id }) => {
      const again = this.aparts.findLast(({ encounter }) => encounter.id === id);
      return `${id} (${again !== undefined && late.has(again) ? "its answer came late" : "it did not reach its state"})`;
    });
    this.setting.recorder.note({
      type: "note",
      at: now(),
      scene: this.setting.scene.id,
      topic: "encounter-fault",
      text: `Harness: ${told.length} of the encounters failed, and failed again when played once more: ${told.join("; ")}.`,
      data: { encounters: encounters.map(({ id }) => id) },
    });
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

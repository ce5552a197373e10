// A TIME_WAIT population, watched from outside its namespace while other scenes are played: who stands, until the last has ended.

import { setTimeout as sleep } from "node:timers/promises";
import { BulkConnections } from "../../drive/bulk-connections.ts";
import type { SceneRecorder } from "../../evidence/recorder.ts";
import { SockDiagSocket } from "../../kernel/sock-diag.ts";
import type { PopulationScene } from "../../lab/scene.ts";
import type { ConfigHz } from "../../machine/config-hz.ts";
import { wheelGranularity } from "../../rfc-model/kernel-timers.ts";
import type { Family } from "../../tcp/segment.ts";
import type { SceneWorld } from "../../wire/world.ts";
import type { Witness } from "../../witness/witness.ts";
import type { SceneWorlds } from "../scene-worlds.ts";
import { Census, type Look } from "./census.ts";
import { raiseLimitOrRefuse } from "./limits.ts";
import { LookAtZero } from "./look-at-zero.ts";
import { PopulationMaker } from "./population-maker.ts";
import { recordOf } from "./record.ts";

export interface PopulationSetting {
  readonly scene: PopulationScene;
  readonly entries: number;
  readonly family: Family;
  readonly configHz: ConfigHz;
  readonly recorder: SceneRecorder;
  readonly witnesses: readonly Witness[];
  readonly signal: AbortSignal;
  readonly worlds: SceneWorlds;
  /** Told after each look, for a person who waits. */
  readonly onLook?: (ageing: Ageing) => void;
}

/** How a population stands. */
export interface Ageing {
  readonly scene: string;
  readonly entries: number;
  readonly standing: number;
  /** Of the first that will end, ms. */
  readonly countdown: number;
}

/** TCP_TIMEWAIT_LEN, include/net/tcp.h */
const TIME_WAIT_SECONDS = 60;
const LARGEST_TABLE = 1 << 20;
/** Milliseconds. */
const COARSE = 1000;
const FINE = 2;
/** From this countdown on an entry may end at any look. */
const NEAR = 20;
/** After the last that should have ended. */
const LATEST_END_MS = 1500;
/** So much of its time a look may take from the other scenes, and from making a population whose first already end. */
const SHARE = 0.05;
const SHARE_OF_MAKING = 0.2;

export class PopulationWatch implements Disposable {
  private readonly setting: PopulationSetting;
  private readonly granularity: number;
  private readonly world: SceneWorld;
  private readonly maker: PopulationMaker;
  private readonly socket: SockDiagSocket;
  private readonly census: Census;
  private readonly clockBefore = Date.now() - performance.now();
  private making = true;
  private watching: Promise<void> = Promise.resolve();
  /** Wanted, and not had yet. */
  private lookAtZero: LookAtZero | undefined;

  /** Throws a UsageError where the kernel's limit is below the population. */
  constructor(setting: PopulationSetting) {
    const { scene, entries, family, configHz, witnesses, worlds } = setting;
    this.setting = setting;
    this.granularity = wheelGranularity(configHz.hz, TIME_WAIT_SECONDS);
    this.world = worlds.makeLarge(scene, Math.min(2 ** Math.ceil(Math.log2(2 * entries)), LARGEST_TABLE));
    const { bulk, socket } = this.world.inside(() => {
      raiseLimitOrRefuse(entries);
      return { bulk: new BulkConnections(family), socket: new SockDiagSocket() };
    });
    this.maker = new PopulationMaker(this.world, bulk, entries);
    this.socket = socket;
    this.census = new Census(socket, family, entries);
    if (scene.lookAtZero === true) this.lookAtZero = new LookAtZero(this.world, family, witnesses);
  }

  /** Makes the entries, watching from the first on; returns when all are made. */
  async begin(): Promise<void> {
    this.watching = this.watch();
    this.watching.catch(() => {}); // told by finish()
    try {
      await this.maker.makeAll(this.granularity, this.setting.signal);
    } finally {
      this.making = false;
    }
  }

  /** Waits until all have ended or should have, and writes down what was seen. */
  async finish(): Promise<void> {
    await this.watching;
    const { recorder, signal, entries, configHz } = this.setting;
    const { made, batches, batchSize, firstClose, lastClose } = this.maker;
    const { looks } = this.census;
    const record = {
      entries,
      hz: configHz.hz,
      hzFrom: configHz.from,
      granularity: this.granularity,
      ...recordOf(this.census, batches, batchSize),
      resets: this.world.counters().get("Tcp.OutRsts") ?? 0,
      complete: !signal.aborted && made === entries,
      clockMoved: Math.round(Date.now() - performance.now() - this.clockBefore),
    };
    const closed = `${made} connections were closed within ${Math.round(lastClose - firstClose)} ms`;
    const text = `${closed}; ${looks.length} looks; ${looks.at(-1)?.standing ?? 0} still stood at the last.`;
    recorder.note("population", text, record);
  }

  [Symbol.dispose](): void {
    this.maker[Symbol.dispose]();
    this.socket[Symbol.dispose]();
    this.world[Symbol.dispose]();
  }

  /** Whether an entry may end so soon. */
  endsWithin(milliseconds: number): boolean {
    const look = this.census.looks.at(-1);
    return look !== undefined && look.standing > 0 && performance.now() + milliseconds > look.to + look.least;
  }

  /** Resolves when the last entry has ended, or should have. */
  get ended(): Promise<void> {
    return this.watching.catch(() => {}); // told by finish()
  }

  private async watch(): Promise<void> {
    const { signal } = this.setting;
    const rest = TIME_WAIT_SECONDS * 1000 + this.granularity + LATEST_END_MS;
    for (;;) {
      const made = !this.making;
      const look = this.look();
      if (signal.aborted || (made && (look.standing === 0 || look.to > this.maker.lastClose + rest))) return;
      this.lookAtOneAtZero();
      await sleep(pauseAfter(look, this.making), undefined, { signal }).catch(() => {});
    }
  }

  private look(): Look {
    const look = this.census.look();
    const { scene, entries, onLook } = this.setting;
    onLook?.({ scene: scene.id, entries, standing: look.standing, countdown: look.least });
    return look;
  }

  private lookAtOneAtZero(): void {
    if (this.lookAtZero?.advance(this.census) !== true) return;
    this.lookAtZero.record(this.setting.recorder);
    this.lookAtZero = undefined;
  }
}

/** Milliseconds: long while the countdown is far from 0, and never so short that looking takes much of the time. */
function pauseAfter({ from, to, standing, least }: Look, making: boolean): number {
  const cost = to - from;
  const shortest = making ? cost / SHARE_OF_MAKING : Math.max(FINE, cost / 2);
  if (standing === 0) return COARSE;
  if (least > COARSE + NEAR) return Math.min(least - COARSE, Math.max(COARSE, cost / SHARE));
  return Math.max(least - NEAR, shortest);
}

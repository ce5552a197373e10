// A TIME_WAIT population: made in a namespace of its own, and watched from outside it while other scenes are played.

import { setTimeout as sleep } from "node:timers/promises";
import { ConnectionMill, millClient, millServer } from "../../drive/connection-mill.ts";
import { POPULATION } from "../../evidence/population.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import type { Sighting } from "../../evidence/timeline.ts";
import { now } from "../../kernel/clock.ts";
import { KeptNamespace, sizeChildTables } from "../../kernel/network-namespace.ts";
import { SockDiagSocket } from "../../kernel/sock-diag.ts";
import type { PopulationScene } from "../../lab.ts";
import type { ConfigHz } from "../../machine/config-hz.ts";
import { wheelGranularity } from "../../spec/time-wait/timer-wheel.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Witness } from "../../witness/witness.ts";
import { enterScene } from "../setting.ts";
import { Census, type Look } from "./census.ts";
import { raiseLimit } from "./limits.ts";
import { type Batch, recordOf } from "./record.ts";

export interface PopulationSetting {
  readonly scene: PopulationScene;
  readonly entries: number;
  readonly family: Family;
  readonly configHz: ConfigHz;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  readonly signal: AbortSignal;
  readonly sysctls: Readonly<Record<string, string>>;
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
/** Up to here a population's starts are spread evenly over one interval of the wheel; a larger one is made as fast as it goes. */
const LARGEST_SPREAD = 20_000;
/** Rows of starts in the evidence. */
const MOST_BATCHES = 1000;
const LARGEST_TABLE = 1 << 20;
/** Connections made in one go, while nothing else gets its turn. */
const FLOOD_AT_ONCE = 500;
/** Milliseconds. */
const COARSE = 1000;
const FINE = 2;
/** From this countdown on an entry may end at any look. */
const NEAR = 20;
/** After the last that should have ended. */
const PATIENCE = 1500;
/** So much of its time a look may take from the other scenes. */
const SHARE = 0.05;

/** The step at which every witness looks at an entry whose countdown has reached 0. */
export const LOOK_AT_ZERO = "look at a countdown of 0";
const LISTS = new Set(["ss", "netstat", "procfs", "sock-diag"]);

type Seen = {
  readonly at: string;
  readonly sentence: string;
  readonly sightings: readonly Omit<Sighting, "id" | "after">[];
};

export class PopulationWatch implements Disposable {
  private readonly setting: PopulationSetting;
  private readonly granularity: number;
  private readonly place: KeptNamespace;
  private readonly mill: ConnectionMill;
  private readonly socket: SockDiagSocket;
  private readonly census: Census;
  private readonly batchSize: number;
  private readonly batches: Batch[] = [];
  private readonly clockBefore = Date.now() - performance.now();
  private making = true;
  private watching: Promise<void> = Promise.resolve();
  private tries = 0;
  private seen: Seen | undefined;

  /** Makes the namespace, and leaves it again. Throws a UsageError where the kernel's limit is below the population. */
  constructor(setting: PopulationSetting) {
    const { scene, entries, family, configHz } = setting;
    this.setting = setting;
    this.granularity = wheelGranularity(configHz.hz, TIME_WAIT_SECONDS);
    this.batchSize = Math.ceil(entries / MOST_BATCHES);
    using _tables = sizeChildTables(Math.min(2 ** Math.ceil(Math.log2(2 * entries)), LARGEST_TABLE));
    using _namespace = enterScene(scene, setting.sysctls, true);
    raiseLimit(entries);
    this.place = new KeptNamespace();
    this.mill = new ConnectionMill(family);
    this.socket = new SockDiagSocket();
    this.census = new Census(this.socket, family, entries);
  }

  /** Makes the entries, watching from the first on; returns when all are made. */
  async begin(): Promise<void> {
    this.watching = this.watch();
    this.watching.catch(() => {}); // told by finish()
    try {
      if (this.setting.entries <= LARGEST_SPREAD) await this.spread();
      else await this.flood();
    } finally {
      this.making = false;
    }
  }

  /** Waits until all have ended or should have, and writes down what was seen. */
  async finish(): Promise<void> {
    await this.watching;
    const { recorder, scene, signal } = this.setting;
    this.recordLookAtZero();
    const last = this.census.looks.at(-1);
    const record = {
      entries: this.setting.entries,
      hz: this.setting.configHz.hz,
      hzFrom: this.setting.configHz.from,
      granularity: this.granularity,
      ...recordOf(this.census, this.batches, this.batchSize),
      complete: !signal.aborted && this.made === this.setting.entries,
      clockMoved: Math.round(Date.now() - performance.now() - this.clockBefore),
    };
    const made = `${this.made} connections were closed within ${Math.round(this.lastClose - this.firstClose)} ms`;
    const text = `${made}; ${this.census.looks.length} looks; ${last?.standing ?? 0} still stood at the last.`;
    recorder.note({ type: "note", at: now(), scene: scene.id, topic: POPULATION, text, data: record });
  }

  [Symbol.dispose](): void {
    this.mill[Symbol.dispose]();
    this.socket[Symbol.dispose]();
    this.place[Symbol.dispose]();
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

  get scene(): string {
    return this.setting.scene.id;
  }

  private get made(): number {
    return this.batches.reduce((sum, { count }) => sum + count, 0);
  }

  private get firstClose(): number {
    return this.batches[0]?.to ?? performance.now();
  }

  private get lastClose(): number {
    return this.batches.at(-1)?.to ?? performance.now();
  }

  private async spread(): Promise<void> {
    const { entries, signal } = this.setting;
    const origin = performance.now();
    for (let made = 0; made < entries && !signal.aborted; ) {
      const due = Math.min(entries, 1 + Math.floor(((performance.now() - origin) / this.granularity) * entries));
      if (due > made) this.make(made, due);
      made = Math.max(made, due);
      await sleep(1);
    }
  }

  private async flood(): Promise<void> {
    const { entries, signal } = this.setting;
    for (let made = 0; made < entries && !signal.aborted; made += FLOOD_AT_ONCE) {
      this.make(made, Math.min(entries, made + FLOOD_AT_ONCE));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  private make(from: number, to: number): void {
    this.place.inside(() => {
      for (let index = from; index < to; index++) {
        const [before, after] = this.mill.openAndClose(index);
        const batch = this.batches[Math.floor(index / this.batchSize)];
        if (batch === undefined) this.batches.push({ from: before, to: after, count: 1 });
        else {
          batch.to = after;
          batch.count++;
        }
      }
    });
  }

  private async watch(): Promise<void> {
    const { signal, scene } = this.setting;
    const rest = TIME_WAIT_SECONDS * 1000 + this.granularity + PATIENCE;
    for (;;) {
      const made = !this.making;
      const look = this.look();
      if (signal.aborted || (made && (look.standing === 0 || look.to > this.lastClose + rest))) return;
      if (scene.lookAtZero === true && look.atZero > 0 && this.seen === undefined) await this.lookAtZero();
      await sleep(pauseAfter(look), undefined, { signal }).catch(() => {});
    }
  }

  private look(): Look {
    const look = this.census.look();
    const { scene, entries, onLook } = this.setting;
    onLook?.({ scene: scene.id, entries, standing: look.standing, countdown: look.least });
    return look;
  }

  /**
   * Every witness that lists sockets looks at one entry whose countdown is at 0. Nothing holds it: had it ended before
   * all had looked, they would not have looked at the same thing, and the next try is at another.
   */
  private async lookAtZero(): Promise<void> {
    const [index] = this.census.atZero;
    if (index === undefined) return;
    this.tries++;
    const { family, scene } = this.setting;
    const subject = {
      end: "client",
      local: millClient(family, index),
      remote: millServer(family),
      listens: false,
    } as const;
    const witnesses = this.setting.witnesses.filter(({ name }) => LISTS.has(name));
    const at = now();
    // Each begins inside: what is read there and then, and the processes that are started.
    const looks = this.place.inside(() => witnesses.map(async (witness) => witness.look([subject])));
    const settled = await Promise.allSettled(looks);
    const sightings = settled.flatMap((look, place) => {
      const witness = witnesses[place];
      if (look.status === "rejected" || witness === undefined) return [];
      const { name, source } = witness;
      return look.value.map((testimony) => ({
        type: "sighting" as const,
        at: now(),
        scene: scene.id,
        witness: name,
        source,
        ...testimony,
      }));
    });
    const sentence = `Every witness looks at the entry of port ${subject.local.port}, whose countdown has reached 0 (try ${this.tries}).`;
    this.look();
    if (this.census.saw(index)) this.seen = { at, sentence, sightings };
  }

  /** Only now: while other scenes are played, an attempt of theirs may be taken back with all that was recorded since. */
  private recordLookAtZero(): void {
    if (this.seen === undefined) return;
    const { recorder, scene } = this.setting;
    const { at, sentence, sightings } = this.seen;
    const action = recorder.begin({
      type: "action",
      at,
      scene: scene.id,
      step: LOOK_AT_ZERO,
      actor: "lab",
      sentence,
      outcome: { ok: true },
    });
    for (const sighting of sightings) recorder.sighting({ ...sighting, after: action.id });
  }
}

/** Milliseconds: long while the countdown is far from 0, and never so short that looking takes much of the time. */
function pauseAfter({ from, to, standing, least }: Look): number {
  const cost = to - from;
  if (standing === 0) return COARSE;
  if (least > COARSE + NEAR) return Math.min(least - COARSE, Math.max(COARSE, cost / SHARE));
  if (least > NEAR) return Math.max(least - NEAR, FINE);
  return Math.max(FINE, cost / 2);
}

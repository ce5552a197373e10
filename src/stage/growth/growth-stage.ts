// A growing TIME_WAIT population: what looking at it costs each witness, and what memory it takes, held against connections that stand.

import { setTimeout as sleep } from "node:timers/promises";
import { ConnectionMill } from "../../drive/connection-mill.ts";
import { GROWTH, type GrowthRecord, type MemoryRecord } from "../../evidence/growth.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import { now } from "../../kernel/clock.ts";
import { sizeChildTables } from "../../kernel/network-namespace.ts";
import { readObjectSizes, readSlab } from "../../kernel/slab.ts";
import type { GrowthScene } from "../../lab.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Witness } from "../../witness/witness.ts";
import { raiseLimit } from "../population/limits.ts";
import { enterScene } from "../setting.ts";
import { Interrupted } from "../stage.ts";
import { LOOKS, timeLooks } from "./look-cost.ts";

export interface GrowthSetting {
  readonly scene: GrowthScene;
  readonly family: Family;
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  readonly signal: AbortSignal;
  readonly sysctls: Readonly<Record<string, string>>;
}

const AT_ONCE = 250;
/** Looks at each size; the least is what a look costs where nothing else wants the machine. */
const ROUNDS = { costly: 2, cheap: 5 } as const;
const READINGS = 5;
const BETWEEN_READINGS_MS = 10;
const OBJECTS = ["tw_sock_TCP", "tw_sock_TCPv6", "TCP", "TCPv6"];

type Cost = GrowthRecord["costs"][number];

export async function playGrowth(setting: GrowthSetting): Promise<void> {
  const { scene, family, recorder } = setting;
  const largest = Math.max(...scene.sizes);
  using _tables = sizeChildTables(2 ** Math.ceil(Math.log2(2 * largest)));
  using _namespace = enterScene(scene, setting.sysctls, true);
  raiseLimit(largest);
  using mill = new ConnectionMill(family);
  const connections = await weigh("connection", scene.connections, () => standing(mill, setting));
  const costs: Cost[] = [];
  const entries = await weigh("time-wait", largest, () => grow(mill, setting, costs));
  const record = { costs, memory: [connections, entries].flat(), objects: readObjectSizes(OBJECTS) };
  const text = `Looked at ${scene.sizes.join(", ")} TIME_WAITs; weighed ${largest} of them, and ${scene.connections} connections that stood.`;
  recorder.note({ type: "note", at: now(), scene: scene.id, topic: GROWTH, text, data: record });
}

/** Slab memory before and after; nothing where the kernel does not say. `load` returns what takes the load off again. */
async function weigh(
  of: MemoryRecord["of"],
  count: number,
  load: () => Promise<() => void>,
): Promise<readonly MemoryRecord[]> {
  const before = await readSeveral();
  const unload = await load();
  const after = await readSeveral();
  unload();
  return before.length === 0 || after.length === 0 ? [] : [{ of, count, before, after }];
}

async function readSeveral(): Promise<readonly number[]> {
  const readings: number[] = [];
  for (let reading = 0; reading < READINGS; reading++) {
    const slab = readSlab();
    if (slab !== undefined) readings.push(slab);
    await sleep(BETWEEN_READINGS_MS);
  }
  return readings;
}

async function standing(mill: ConnectionMill, { scene, signal }: GrowthSetting): Promise<() => void> {
  const pairs: ReturnType<ConnectionMill["connect"]>[] = [];
  const unload = () => {
    for (const pair of pairs) mill.abort(pair);
  };
  try {
    for (let index = 0; index < scene.connections; index++) {
      pairs.push(mill.connect(index));
      if (index % AT_ONCE === 0) await breathe(signal);
    }
  } catch (error) {
    unload();
    throw error;
  }
  return unload;
}

async function grow(mill: ConnectionMill, setting: GrowthSetting, costs: Cost[]): Promise<() => void> {
  const { scene, family, signal } = setting;
  const looking = setting.witnesses.filter(({ name }) => name in LOOKS);
  let made = 0;
  for (const entries of scene.sizes) {
    while (made < entries) {
      for (const until = Math.min(entries, made + AT_ONCE); made < until; made++) mill.openAndClose(made);
      await breathe(signal);
    }
    for (const { name, costly } of looking)
      costs.push({ witness: name, entries, took: await timeLooks(name, family, ROUNDS[costly ? "costly" : "cheap"]) });
  }
  return () => {};
}

/** Lets others have their turn. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new Interrupted();
}

// A growing TIME_WAIT population: what looking at it costs each witness, and what memory it takes, held against connections that stand.

import { setTimeout as sleep } from "node:timers/promises";
import { BulkConnections } from "../../drive/bulk-connections.ts";
import type { GrowthRecord, MemoryRecord } from "../../evidence/growth.ts";
import type { SceneRecorder } from "../../evidence/recorder.ts";
import { listsAll, spawnsProcess } from "../../evidence/witnesses.ts";
import { readObjectSizes, readSlab } from "../../kernel/memory.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import { descriptorLimit } from "../../kernel/process.ts";
import type { GrowthScene } from "../../lab/scene.ts";
import type { Family } from "../../tcp/segment.ts";
import type { Witness } from "../../witness/witness.ts";
import { entriesInMemory, raiseLimit } from "../population/limits.ts";
import type { SceneWorlds } from "../scene-worlds.ts";
import { Interrupted } from "../stepper.ts";
import { newCacheFiller, timeLooks } from "./look-cost.ts";

export interface GrowthSetting {
  readonly scene: GrowthScene;
  readonly family: Family;
  readonly recorder: SceneRecorder;
  readonly witnesses: readonly Witness[];
  readonly signal: AbortSignal;
  readonly worlds: SceneWorlds;
}

const AT_ONCE = 250;
/** Looks at each size; the least is what a look costs where nothing else wants the machine, the next tells how sure that is. */
const ROUNDS = { spawning: 3, cheap: 5 } as const;
/** Equal steps in which both are weighed. */
const STEPS = { entries: 20, connections: 10 } as const;
/** Connections are few, and soon opened: they are weighed so many times, so that a passing disturbance spoils one of them. */
const WEIGHINGS = 3;
/** Milliseconds: what was freed goes back to the kernel only after a while. */
const SETTLE = 100;
/** Descriptors that are left to everything else. */
const SPARED = 200;
const OBJECTS = ["tw_sock_TCP", "tw_sock_TCPv6", "TCP", "TCPv6"];

type Cost = GrowthRecord["costs"][number];

export async function growPopulation(setting: GrowthSetting): Promise<void> {
  const { scene, family, recorder, worlds } = setting;
  const wanted = Math.max(...scene.sizes);
  using world = worlds.makeLarge(scene, 2 ** Math.ceil(Math.log2(2 * wanted)));
  const limit = Math.min(
    world.inside(() => raiseLimit(wanted)),
    entriesInMemory(),
  );
  const sizes = scene.sizes.filter((size) => size <= limit);
  const largest = Math.max(...sizes, 0);
  using bulk = world.inside(() => new BulkConnections(family));
  const { costs, slab } = await grow(world, bulk, sizes, setting);
  const memory: MemoryRecord[] = [{ of: "time-wait", count: largest, slab }];
  const count = connectionsThatFit(scene.connections);
  for (let weighing = 0; weighing < WEIGHINGS; weighing++) {
    await sleep(SETTLE);
    memory.push({ of: "connection", count, slab: await weighConnections(world, bulk, largest, count, setting.signal) });
  }
  const text = `Looked at ${sizes.join(", ")} TIME_WAITs; weighed ${largest} of them, and ${WEIGHINGS} times ${count} connections that stood.`;
  recorder.note("growth", text, { costs, memory, objects: readObjectSizes(OBJECTS) });
}

/** Each takes two descriptors; a whole number for each step. */
function connectionsThatFit(wanted: number): number {
  const fit = Math.min(wanted, (descriptorLimit() - SPARED) / 2);
  return Math.max(1, Math.floor(fit / STEPS.connections)) * STEPS.connections;
}

/**
 * Slab memory while connections are opened, in equal steps; they are gone afterwards. Empty where the kernel does not say.
 * `first`: the number of a connection whose port is free.
 */
async function weighConnections(
  place: Visitable,
  bulk: BulkConnections,
  first: number,
  count: number,
  signal: AbortSignal,
): Promise<readonly number[]> {
  const pairs: ReturnType<BulkConnections["connect"]>[] = [];
  const slab: number[] = [];
  try {
    for (let index = 0; index < count; index++) {
      if (index % (count / STEPS.connections) === 0) weighInto(slab);
      pairs.push(place.inside(() => bulk.connect(first + index)));
      if (index % AT_ONCE === 0) await breathe(signal);
    }
    weighInto(slab);
  } finally {
    for (const pair of pairs) bulk.abort(pair);
  }
  return slab;
}

async function grow(place: Visitable, bulk: BulkConnections, sizes: readonly number[], setting: GrowthSetting) {
  const { family, signal } = setting;
  const looking = setting.witnesses.flatMap(({ name }) => (listsAll(name) ? [name] : []));
  const step = Math.max(...sizes) / STEPS.entries;
  const filler = newCacheFiller();
  const costs: Cost[] = [];
  const slab: number[] = [];
  let made = 0;
  for (const entries of sizes) {
    for (; made < entries; made++) {
      if (made % step === 0) weighInto(slab);
      place.inside(() => bulk.openAndClose(made));
      if (made % AT_ONCE === 0) await breathe(signal);
    }
    for (const name of looking) {
      const rounds = ROUNDS[spawnsProcess(name) ? "spawning" : "cheap"];
      costs.push({ witness: name, entries, ...(await timeLooks(place, name, family, rounds, filler)) });
    }
  }
  weighInto(slab);
  return { costs, slab };
}

function weighInto(slab: number[]): void {
  const reading = readSlab();
  if (reading !== undefined) slab.push(reading);
}

/** Lets others have their turn. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new Interrupted();
}

// Makes the entries of a TIME_WAIT population in its namespace, spread over one interval of the wheel or as fast as it goes, and keeps when.

import { setTimeout as sleep } from "node:timers/promises";
import type { BulkConnections } from "../../drive/bulk-connections.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import { stayOnThisProcessor } from "../../kernel/own-process.ts";
import type { Batch } from "./record.ts";

/** Up to here a population's starts are spread evenly over one interval of the wheel; a larger one is made as fast as it goes. */
const LARGEST_SPREAD = 20_000;
/** Rows of starts in the evidence. */
const MOST_BATCHES = 1000;
/** Connections made in one go, while nothing else gets its turn. */
const FLOOD_AT_ONCE = 500;

type Bulk = Pick<BulkConnections, "openAndClose"> & Disposable;

export class PopulationMaker implements Disposable {
  /** How many entries a batch has; the last may have fewer. */
  readonly batchSize: number;
  /** In the order they were made. */
  readonly batches: Batch[] = [];
  private readonly bulk: Bulk;
  private readonly place: Visitable;
  private readonly entries: number;

  /** `bulk`: made in `place`; it is disposed of with this. */
  constructor(place: Visitable, bulk: Bulk, entries: number) {
    this.place = place;
    this.bulk = bulk;
    this.entries = entries;
    this.batchSize = Math.ceil(entries / MOST_BATCHES);
  }

  /** Returns when all are made, or the run was interrupted. `interval`: of the wheel, ms. */
  async makeAll(interval: number, signal: AbortSignal): Promise<void> {
    if (this.entries <= LARGEST_SPREAD) await this.spread(interval, signal);
    else await this.flood(signal);
  }

  get made(): number {
    return this.batches.reduce((sum, { count }) => sum + count, 0);
  }

  /** Milliseconds, performance.now: when the first and the last went to TIME_WAIT. */
  get firstClose(): number {
    return this.batches[0]?.to ?? performance.now();
  }

  get lastClose(): number {
    return this.batches.at(-1)?.to ?? performance.now();
  }

  [Symbol.dispose](): void {
    this.bulk[Symbol.dispose]();
  }

  private async spread(interval: number, signal: AbortSignal): Promise<void> {
    const { entries } = this;
    const origin = performance.now();
    for (let made = 0; made < entries && !signal.aborted; ) {
      const due = Math.min(entries, 1 + Math.floor(((performance.now() - origin) / interval) * entries));
      if (due > made) this.make(made, due);
      made = Math.max(made, due);
      await sleep(1);
    }
  }

  private async flood(signal: AbortSignal): Promise<void> {
    const { entries } = this;
    for (let made = 0; made < entries && !signal.aborted; made += FLOOD_AT_ONCE) {
      this.make(made, Math.min(entries, made + FLOOD_AT_ONCE));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /**
   * Without leaving the processor: the kernel acknowledges the client's FIN by a timer. Should the server's FIN overtake that
   * acknowledgement from another processor, it reaches a TIME_WAIT; the answer finds no connection, and the RST that comes back
   * ends the entry at once (RFC 1337). On a machine with other things to do that was one of some million connections.
   */
  private make(from: number, to: number): void {
    using _processor = stayOnThisProcessor();
    this.place.inside(() => {
      for (let index = from; index < to; index++) {
        const [before, after] = this.bulk.openAndClose(index);
        const batch = this.batches[Math.floor(index / this.batchSize)];
        if (batch === undefined) this.batches.push({ from: before, to: after, count: 1 });
        else {
          batch.to = after;
          batch.count++;
        }
      }
    });
  }
}

// What a run keeps of a growing TIME_WAIT population: what each look at it cost, and what memory it took.

export type MemoryRecord = {
  /** "time-wait": so many entries; "connection": so many established connections, each of two ends. */
  readonly of: "time-wait" | "connection";
  readonly count: number;
  /** The kernel's slab memory (/proc/meminfo, Slab), KiB, as the number grew in equal steps. */
  readonly slab: readonly number[];
};

export interface GrowthRecord {
  /** Milliseconds that each of some looks took at so many entries: by the clock, and of the processor's time. */
  readonly costs: readonly {
    readonly witness: string;
    readonly entries: number;
    readonly took: readonly number[];
    readonly processor: readonly number[];
  }[];
  readonly memory: readonly MemoryRecord[];
  /** Octets of the kernel's own objects, by name, where /proc/slabinfo may be read. */
  readonly objects: Readonly<Record<string, number>>;
}

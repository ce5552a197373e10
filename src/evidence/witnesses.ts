// The witnesses, one row each: what every other part knows of one. Who looks, and how its words are read, is asked for by the compiler where this is used.

import type { TcpState } from "../tcp/state.ts";

export const SOURCES = ["wire", "inet_diag", "proc", "getsockopt", "tracepoint", "syscall"] as const;
/** The part of the kernel a witness reads: two witnesses of one source are not independent. */
export type Source = (typeof SOURCES)[number];

interface WitnessFacts {
  readonly source: Source;
  /** What it sees of a scene: the wire's segments, the state of an end, how counters grew, or what a user call returned. */
  readonly sees: "segments" | "state" | "growth" | "calls";
  /** Whether it can be asked at any moment; else it must have listened since the scene began, or has nothing to be asked. */
  readonly asked: boolean;
  /** The sockets in its listing. Absence from all of them is CLOSED; from those that a program holds it may be TIME_WAIT. */
  readonly lists: "all" | "owned" | "none";
  /** The program that it runs: a process for each look. `version`: what makes it say its own. */
  readonly tool?: { readonly debianPackage: string; readonly version: readonly string[] };
  /** A run can do without it (--without). */
  readonly leaveOut: boolean;
  /** Among the raw lines of a look: what a person can read comes first, octets last. */
  readonly readability: number;
}

/** In this order wherever several are named. */
export const WITNESSES = {
  wire: { source: "wire", sees: "segments", asked: false, lists: "none", leaveOut: false, readability: 0 },
  ss: {
    source: "inet_diag",
    sees: "state",
    asked: true,
    lists: "all",
    tool: { debianPackage: "iproute2", version: ["-V"] },
    leaveOut: true,
    readability: 1,
  },
  netstat: {
    source: "proc",
    sees: "state",
    asked: true,
    lists: "all",
    tool: { debianPackage: "net-tools", version: ["-V"] },
    leaveOut: true,
    readability: 2,
  },
  procfs: { source: "proc", sees: "state", asked: true, lists: "all", leaveOut: true, readability: 3 },
  "sock-diag": { source: "inet_diag", sees: "state", asked: true, lists: "all", leaveOut: true, readability: 7 },
  "tcp-info": { source: "getsockopt", sees: "state", asked: true, lists: "none", leaveOut: true, readability: 4 },
  counters: { source: "proc", sees: "growth", asked: false, lists: "none", leaveOut: false, readability: 6 },
  tracepoint: { source: "tracepoint", sees: "state", asked: false, lists: "none", leaveOut: true, readability: 5 },
  /** The program that made a user call: it knows what the call returned, and nothing else. */
  application: { source: "syscall", sees: "calls", asked: false, lists: "none", leaveOut: false, readability: 8 },
} as const satisfies Readonly<Record<string, WitnessFacts>>;

export type WitnessName = keyof typeof WITNESSES;

type Those<F extends Partial<WitnessFacts>> = {
  [N in WitnessName]: (typeof WITNESSES)[N] extends F ? N : never;
}[WitnessName];

/** Whoever writes sightings. */
export type WitnessThatLooks = Those<{ readonly sees: "state" }> | Those<{ readonly sees: "growth" }>;
export type WitnessOfState = Those<{ readonly sees: "state" }>;
export type WitnessAsked = Those<{ readonly asked: true }>;
export type WitnessThatLists = Those<{ readonly lists: "all" }>;
export type Tool = Those<{ readonly tool: NonNullable<WitnessFacts["tool"]> }>;

export const WITNESS_NAMES = Object.keys(WITNESSES) as [WitnessName, ...WitnessName[]];

export const factsOfWitness = (name: WitnessName): WitnessFacts => WITNESSES[name];

/** Whether it writes sightings. */
export const looks = (name: WitnessName): name is WitnessThatLooks => {
  const { sees } = factsOfWitness(name);
  return sees === "state" || sees === "growth";
};

/** Between which states its silence leaves open an end that it would otherwise have told of. */
export const statesOfAbsent = (name: WitnessName): readonly TcpState[] =>
  factsOfWitness(name).lists === "owned" ? ["CLOSED", "TIME_WAIT"] : ["CLOSED"];

export const listsAll = (name: WitnessName): name is WitnessThatLists => factsOfWitness(name).lists === "all";

/** So it is asked only where a claim needs it. */
export const spawnsProcess = (name: WitnessName): boolean => factsOfWitness(name).tool !== undefined;

export const TOOLS = WITNESS_NAMES.filter((name): name is Tool => factsOfWitness(name).tool !== undefined);

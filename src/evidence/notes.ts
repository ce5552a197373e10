// The topics of notes, one row each: what its data has, and where a reader is told of it. A timeline may be a stranger's, so the names of the data are known and their values are not.

import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { GrowthRecord } from "./growth.ts";
import type { PopulationRecord } from "./population.ts";
import type { SceneMode } from "./scene-modes.ts";
import type { Json, Note, TimelineLine } from "./timeline.ts";
import type { WitnessName } from "./witnesses.ts";

type Sysctls = Readonly<Record<string, string>>;

/** A tape against the kernel's own counters: `complete` where they agree and nothing was dropped. */
export interface TapeAccount {
  readonly frames: number;
  readonly asCounted: number;
  readonly kernelSent: number;
  readonly drops: number;
  readonly complete: boolean;
}

/** A scene begins: how it is played. */
export interface SceneSettingData extends Partial<Readonly<Record<End, Endpoint>>> {
  readonly mode: SceneMode;
  readonly family: Family;
  readonly mtu?: number;
  /** Of a population. */
  readonly entries?: number;
  /** Those that the scene is about, or that the user asked for. */
  readonly sysctls: Sysctls;
  /** Those that it rests on. */
  readonly pins: Sysctls;
  /** Those that the user asked for and the scene has its own of. */
  readonly unreached?: Sysctls;
}

export interface NoteData {
  /** The first of a timeline; its data is runNoteData of timeline-schema.ts. */
  readonly run: Readonly<Record<string, unknown>>;
  readonly scene: SceneSettingData;
  /** Left out by --quick. */
  readonly shortened: undefined;
  /** The machine lacks what the scene needs. */
  readonly "not-played": undefined;
  readonly interrupted: undefined;
  /** An attempt that came too late, and was discarded. */
  readonly attempt: undefined;
  /** Rate limits that this kernel does not let a namespace open. */
  readonly "limits-closed": { readonly missing: readonly string[] };
  readonly "witness-fault": { readonly witness: WitnessName };
  /** A person chose another step than the lab's. */
  readonly departed: { readonly instead: string; readonly chosen: string };
  /** The wire did not bring what the lab waited for. */
  readonly "nothing-came": { readonly flags: string; readonly from?: End };
  /** A call of an end took too long. */
  readonly "no-answer": undefined;
  /** Segments, by the ids of their lines, that the lab did not decide on. */
  readonly held: { readonly segments: readonly string[] };
  readonly tape: TapeAccount;
  readonly "encounter-fault": { readonly encounters: readonly string[] };
  readonly population: PopulationRecord;
  readonly growth: GrowthRecord;
  /** What the harness itself took: seconds since its begin, percent of a processor, MiB. */
  readonly usage: { readonly samples: readonly (readonly [number, number, number])[] };
}

export type NoteTopic = keyof NoteData;

interface NoteFacts {
  /** It says why a scene went otherwise than it stands in the lab: a person is told of it. */
  readonly shown: boolean;
  /** It says why cells of the matrix are open. */
  readonly shownOfCells: boolean;
  /** Something of the run was not played to its end. */
  readonly cutsShort: boolean;
}

const quiet: NoteFacts = { shown: false, shownOfCells: false, cutsShort: false };
const shown: NoteFacts = { ...quiet, shown: true };

export const NOTES = {
  run: quiet,
  scene: quiet,
  shortened: { ...shown, cutsShort: true },
  "not-played": { ...shown, shownOfCells: true },
  interrupted: { shown: true, shownOfCells: true, cutsShort: true },
  attempt: shown,
  "limits-closed": { ...quiet, shownOfCells: true },
  "witness-fault": { ...shown, shownOfCells: true },
  departed: { ...shown, cutsShort: true },
  "nothing-came": shown,
  "no-answer": shown,
  held: quiet,
  tape: quiet,
  "encounter-fault": { ...quiet, shownOfCells: true },
  population: quiet,
  growth: quiet,
  usage: quiet,
} as const satisfies Readonly<Record<NoteTopic, NoteFacts>>;

const isTopic = (topic: string): topic is NoteTopic => Object.hasOwn(NOTES, topic);

/** Whether a fact holds of a line; of a topic that this version does not know none does. */
export const isNoteThat = (line: TimelineLine, fact: keyof NoteFacts): line is Note =>
  line.type === "note" && isTopic(line.topic) && NOTES[line.topic][fact];

type Names<D> = D extends undefined ? never : keyof D;

/** A note of one topic, as it stands in a timeline: each of its data may be missing, or something else. */
export type NoteOf<T extends NoteTopic> = Omit<Note, "data"> & {
  readonly data?: { readonly [K in Names<NoteData[T]>]?: Json };
};

export const isNoteOf = <T extends NoteTopic>(
  line: TimelineLine,
  topic: T,
): line is Extract<TimelineLine, Note> & NoteOf<T> => line.type === "note" && line.topic === topic;

/** The data of the first note of a topic, taken for what a run writes there: the figures are whoever's who wrote the file. */
export const recordedIn = <T extends "population" | "growth">(
  notes: readonly Note[],
  topic: T,
): NoteData[T] | undefined => notes.find((note) => isNoteOf(note, topic))?.data as NoteData[T] | undefined;

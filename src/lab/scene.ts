// What a lab and a scene are: a question, and the steps and documented claims that answer it. Types only.

import type { Capability, SceneClaim } from "../claims/claim.ts";
import type { DocumentedPath } from "../claims/path.ts";
import type { Encounter } from "../drive/encounter.ts";
import type { HeldWire } from "../drive/held-wire.ts";
import type { MachineCalls } from "../drive/machine-verbs.ts";
import type { OtherCalls } from "../drive/other-sockets.ts";
import type { FreeCalls, SteppedCalls } from "../drive/user-calls.ts";
import type { SceneMode } from "../evidence/scene-modes.ts";
import type { End } from "../tcp/end.ts";
import type { Family } from "../tcp/segment.ts";

interface SceneSetting {
  /** Words, permanent: the middle part of every claim's id. */
  readonly id: string;
  /** One sentence: what is played here. */
  readonly title: string;
  /** The document's table; every row becomes a claim. */
  readonly documented?: DocumentedPath;
  readonly claims?: readonly SceneClaim[];
  /**
   * What the scene is about: { "net.ipv4.tcp_fin_timeout": "5" }, written in its own namespace before anything opens.
   * Whoever asks for another value of one of these does not get it in this scene, and is told.
   */
  readonly sysctls?: Readonly<Record<string, string>>;
  /** Default: IPv4, or what the run was asked for. */
  readonly family?: Family;
  /** Both ends' IPv4 address in the stead of 127.0.0.1; it is put on lo. */
  readonly address?: string;
  /** Octets; lowers lo's MTU and makes every frame one segment, for scenes of many segments. Default: lo's 65536. */
  readonly mtu?: number;
  /** How long it takes, where that is longer than a person would like to wait ("66 s"); --quick leaves such scenes out. */
  readonly takes?: string;
  /** Beside what the mode, `isn`, `established` and `sysctls` need. */
  readonly needs?: readonly Capability[];
}

/** The fates a lab decides over; each is one step, named "<verb> <flags>": "deliver SYN ACK". */
export type Wire = Pick<HeldWire, "deliver" | "drop" | "duplicate" | "reorder" | "alter" | "forge" | "replay" | "flow">;

export interface Time {
  /** Lets real time pass while everything is held: "4 s", "200 ms". */
  pass(duration: string): Promise<void>;
  /** Waits until a whole second of the kernel's clock has just begun: Linux compares some times by whole seconds. */
  awaitSecond(): Promise<void>;
}

export interface SteppedVerbs {
  readonly client: SteppedCalls;
  readonly server: SteppedCalls;
  readonly wire: Wire;
  readonly others: OtherCalls;
  readonly time: Time;
}

export interface FreeVerbs {
  readonly client: FreeCalls;
  readonly server: FreeCalls;
  readonly others: OtherCalls;
  readonly machine: MachineCalls;
  readonly time: Time;
}

export interface SteppedScene extends SceneSetting {
  readonly mode: "stepped";
  /** Initial sequence numbers for the active opens (TCP_REPAIR). */
  readonly isn?: Partial<Readonly<Record<End, number>>>;
  /**
   * The kernel's timers would spoil the scene if it went slowly. It is played again when a segment was repeated meanwhile,
   * and a person who steps through the lab is shown it without being asked.
   */
  readonly mayNotPause?: boolean;
  /** The scene begins ESTABLISHED, each end's next sequence number being this (TCP_REPAIR). */
  readonly established?: Readonly<Record<End, number>>;
  play(verbs: SteppedVerbs): Promise<void>;
}

export interface FreeScene extends SceneSetting {
  readonly mode: "free";
  play(verbs: FreeVerbs): Promise<void>;
}

/** Many connections of their own, each of which meets one forged segment: stepped, but without a look at every step. */
export interface EncounterScene extends SceneSetting {
  readonly mode: "encounters";
  readonly encounters: readonly Encounter[];
  /** Limits that would make the kernel silent for another reason: opened as far as this kernel has them. */
  readonly raisedLimits?: Readonly<Record<string, string>>;
  /** Milliseconds that the look after the last encounter waits for its answer. Default: longer than any is delayed. */
  readonly patience?: number;
  /** Whether the witnesses that spawn a process look as well, at the first encounter. */
  readonly sample?: boolean;
}

/** Many connections that are left in TIME_WAIT and watched to their end, while the scenes that follow are played. */
export interface PopulationScene extends SceneSetting {
  readonly mode: "population";
  /** Default: as many as the run was asked for. */
  readonly entries?: number;
  /** Once the countdown of an entry is at 0, every witness looks at it. */
  readonly lookAtZero?: true;
}

/** A population that grows: at each size every witness looks at it, and at last it is weighed against connections. */
export interface GrowthScene extends SceneSetting {
  readonly mode: "growth";
  /** Entries, ascending. */
  readonly sizes: readonly number[];
  /** Connections that stand while they are weighed; each needs two descriptors. */
  readonly connections: number;
}

type AnyScene = SteppedScene | FreeScene | EncounterScene | PopulationScene | GrowthScene;

/** The compiler stops here at a mode that has no scene above. */
type WithAScene<M extends AnyScene["mode"]> = M;

/** `M`: of one mode, or of any. */
export type Scene<M extends SceneMode = WithAScene<SceneMode>> = Extract<AnyScene, { readonly mode: M }>;

export interface Lab {
  /** The folder's name, and the first part of every claim's id. */
  readonly id: string;
  readonly question: string;
  readonly scenes: readonly Scene[];
}

// The type of a lab and of a scene: a question, and the steps and documented claims that answer it. Loads no koffi.

import type { Capability, Claim, Question, SceneClaim } from "../claims/claim.ts";
import { claimsOfPath, type DocumentedPath } from "../claims/path.ts";
import { closest } from "../closest.ts";
import type { Encounter } from "../drive/encounter.ts";
import type { HeldWire } from "../drive/held-wire.ts";
import type { MachineCalls } from "../drive/machine-verbs.ts";
import type { OtherCalls } from "../drive/other-sockets.ts";
import type { FreeCalls, SteppedCalls } from "../drive/user-calls.ts";
import { LabError } from "../fault.ts";
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

export interface SteppedPlay {
  readonly client: SteppedCalls;
  readonly server: SteppedCalls;
  readonly wire: Wire;
  readonly others: OtherCalls;
  readonly time: Time;
}

export interface FreePlay {
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
  play(stage: SteppedPlay): Promise<void>;
}

export interface FreeScene extends SceneSetting {
  readonly mode: "free";
  play(stage: FreePlay): Promise<void>;
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

export type Scene = SteppedScene | FreeScene | EncounterScene | PopulationScene | GrowthScene;

export interface Lab {
  /** The file's name, and the first part of every claim's id. */
  readonly id: string;
  readonly question: string;
  readonly scenes: readonly Scene[];
}

/** Stands in every stepped scene: what the kernel also sent, and no claim speaks of, is a surprise. */
const NOTHING_ELSE: SceneClaim = {
  id: "nothing-else-was-sent",
  claim: "Nothing else was sent than what the lab decided on or a claim speaks of.",
  source: "linux",
  cite: "the tape of this scene",
  documented: { kind: "text", value: "nothing else" },
  ask: { what: "left-over" },
};

const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Words, perhaps of a group ("arrow."), and from one to another ("listen--closed"). */
const SCENE_WORDS = /^[a-z0-9]+((-{1,2}|\.)[a-z0-9]+)*$/;

export function scene<S extends Scene>(setting: S): S {
  if (!SCENE_WORDS.test(setting.id))
    throw new LabError(`lab: scene id "${setting.id}": must be words joined by hyphens`);
  return setting;
}

export function lab(setting: Lab): Lab {
  if (!WORDS.test(setting.id)) throw new LabError(`lab: id "${setting.id}": must be words joined by hyphens`);
  refuseRepeated(setting.scenes.map(({ id }) => `scene ${id}`));
  refuseRepeated(claimsOf(setting).map(({ id }) => `claim ${id}`));
  refuseRefiningNothing(claimsOf(setting));
  return setting;
}

/** Every claim of a lab, its id made whole and its needs gathered: what run and judge both start from. */
export function claimsOf(of: Pick<Lab, "id" | "scenes">): readonly Claim[] {
  return of.scenes.flatMap((one) => {
    const documented = one.documented === undefined ? [] : claimsOfPath(one.documented);
    const always = isHeld(one) ? [NOTHING_ELSE] : [];
    return [...documented, ...(one.claims ?? []), ...always].map((claim) => wholeClaim(of.id, one, claim));
  });
}

function wholeClaim(labId: string, of: Scene, claim: SceneClaim): Claim {
  const wholeId = (id: string) => {
    if (id.includes(".")) return `${labId}.${id}`;
    return [labId, of.id, ...(id === "" ? [] : [id])].join(".");
  };
  return {
    ...claim,
    id: wholeId(claim.id),
    ...(claim.refines !== undefined && { refines: wholeId(claim.refines) }),
    scene: of.id,
    expected: claim.expected ?? "conforms",
    needs: [...new Set([...needsOf(of), ...needsOfAsk(claim.ask), ...(claim.needs ?? [])])],
  };
}

const ASKED_OF_THE_WIRE: readonly Question["what"][] = [
  "segment",
  "number",
  "count",
  "every",
  "same-segments",
  "left-over",
];

const needsOfAsk = ({ what }: Question): readonly Capability[] => (ASKED_OF_THE_WIRE.includes(what) ? ["wire"] : []);

/** Whether the scene's segments wait on the wire until the lab decides on them. */
export const isHeld = ({ mode }: Pick<Scene, "mode">): boolean => mode === "stepped" || mode === "encounters";

/** Whether nobody may be waited for while the scene is played. */
export const mayNotPause = (scene: Scene): boolean => scene.mode === "stepped" && scene.mayNotPause === true;

/** What a scene cannot be played without. A free scene can be played anywhere; only its claims on segments need the wire. */
export function needsOf(of: Scene): readonly Capability[] {
  const stepped: readonly Capability[] = isHeld(of) ? ["namespace", "wire", "hold"] : [];
  const population: readonly Capability[] = of.mode === "population" || of.mode === "growth" ? ["namespace"] : [];
  const repair: readonly Capability[] =
    of.mode === "encounters" || (of.mode === "stepped" && (of.isn !== undefined || of.established !== undefined))
      ? ["repair"]
      : [];
  const sysctl: readonly Capability[] = of.sysctls === undefined ? [] : ["sysctl"];
  const ipv6: readonly Capability[] = of.family === "ipv6" ? ["ipv6"] : [];
  return [...stepped, ...population, ...repair, ...sysctl, ...ipv6, ...(of.needs ?? [])];
}

function refuseRefiningNothing(claims: readonly Claim[]): void {
  const ids = claims.map(({ id }) => id);
  const astray = claims.find(({ refines }) => refines !== undefined && !ids.includes(refines));
  if (astray?.refines === undefined) return;
  const nearest = closest(astray.refines, ids);
  const hint = nearest === undefined ? "" : `: did you mean "${nearest}"?`;
  throw new LabError(`lab: claim ${astray.id}: refines "${astray.refines}", which is no claim of this lab${hint}`);
}

function refuseRepeated(names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw new LabError(`lab: ${repeated}: stands twice; ids are permanent and must differ`);
}

// How a lab is written: lab() and scene(), which refuse what cannot be. What "tcp-loopback-lab" is to a lab of one's own. Loads no koffi.

import type { Claim } from "../claims/claim.ts";
import { closest } from "../closest.ts";
import type { SceneMode } from "../evidence/scene-modes.ts";
import { LabError } from "../fault.ts";
import type { Lab, Scene } from "./scene.ts";
import { claimsOf } from "./scene-claims.ts";

export type * from "./scene.ts";

const WORDS = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Words, perhaps of a group ("arrow."), and from one to another ("listen--closed"). */
const SCENE_WORDS = /^[a-z0-9]+((-{1,2}|\.)[a-z0-9]+)*$/;

/** Of every scene, whatever its mode. */
const COMMON = {
  id: true,
  title: true,
  mode: true,
  documented: true,
  claims: true,
  sysctls: true,
  family: true,
  address: true,
  mtu: true,
  takes: true,
  needs: true,
} as const;

const PROPERTIES: { readonly [M in SceneMode]: Readonly<Record<Exclude<keyof Scene<M>, keyof typeof COMMON>, true>> } =
  {
    stepped: { isn: true, mayNotPause: true, established: true, play: true },
    free: { play: true },
    encounters: { encounters: true, raisedLimits: true, patience: true, sample: true },
    population: { entries: true, lookAtZero: true },
    growth: { sizes: true, connections: true },
  };

/** Refuses what a scene cannot have: a lab of one's own is not compiled, and a misspelled property would say nothing. */
export function scene<M extends SceneMode>(setting: Scene<M> & { readonly mode: M }): Scene<M> {
  const { id, mode } = setting;
  if (!SCENE_WORDS.test(id)) throw new LabError(`lab: scene id "${id}": must be words joined by hyphens`);
  if (!Object.hasOwn(PROPERTIES, mode)) throw unknownWord(id, "mode", mode, Object.keys(PROPERTIES));
  const known = Object.keys({ ...COMMON, ...PROPERTIES[mode] });
  const strange = Object.keys(setting).find((name) => !known.includes(name));
  if (strange !== undefined) throw unknownWord(id, "property", strange, known);
  return setting;
}

function unknownWord(scene: string, what: string, word: string, known: readonly string[]): LabError {
  const nearest = closest(word, known);
  const hint = nearest === undefined ? `there are ${known.join(", ")}` : `did you mean "${nearest}"?`;
  return new LabError(`lab: scene ${scene}: no such ${what} "${word}": ${hint}`);
}

export function lab(setting: Lab): Lab {
  if (!WORDS.test(setting.id)) throw new LabError(`lab: id "${setting.id}": must be words joined by hyphens`);
  refuseRepeated(setting.scenes.map(({ id }) => `scene ${id}`));
  refuseRepeated(claimsOf(setting).map(({ id }) => `claim ${id}`));
  refuseRefiningNothing(claimsOf(setting));
  return setting;
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

// How a lab is written: lab() and scene(), which refuse what cannot be. What "tcp-loopback-lab" is to a lab of one's own. Loads no koffi.

import type { Claim } from "../claims/claim.ts";
import { closest } from "../closest.ts";
import { LabError } from "../fault.ts";
import type { Lab, Scene } from "./scene.ts";
import { claimsOf } from "./scene-claims.ts";

export type * from "./scene.ts";

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

// Every claim of a lab, and what its scenes and questions need of a machine. Loads no koffi.

import type { Capability, Claim, SceneClaim } from "../claims/claim.ts";
import { claimsOfPath } from "../claims/path.ts";
import { type Question, questionRow } from "../claims/question.ts";
import { SCENE_MODES, type SceneMode } from "../evidence/scene-modes.ts";
import type { Lab, Scene } from "./scene.ts";

/** Stands in every stepped scene: what the kernel also sent, and no claim speaks of, is a surprise. */
const NOTHING_ELSE: SceneClaim = {
  id: "nothing-else-was-sent",
  claim: "Nothing else was sent than what the lab decided on or a claim speaks of.",
  source: "linux",
  cite: "the tape of this scene",
  documented: { kind: "text", value: "nothing else" },
  ask: { what: "left-over" },
};

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

const needsOfAsk = (ask: Question): readonly Capability[] => (questionRow(ask).tape === "none" ? [] : ["wire"]);

/** Whether the scene's segments wait on the wire until the lab decides on them. */
export const isHeld = ({ mode }: Pick<Scene, "mode">): boolean => SCENE_MODES[mode].held;

/** Whether nobody may be waited for while the scene is played. */
export const mayNotPause = (scene: Scene): boolean => scene.mode === "stepped" && scene.mayNotPause === true;

/** What the scenes of each mode cannot be played without, beside what holding their segments needs. */
const NEEDS: { readonly [M in SceneMode]: (scene: Scene<M>) => readonly Capability[] } = {
  stepped: ({ isn, established }) => (isn === undefined && established === undefined ? [] : ["repair"]),
  free: () => [],
  encounters: () => ["repair"],
  population: () => ["namespace"],
  growth: () => ["namespace"],
};

const needsOfMode = <M extends SceneMode>(mode: M, scene: Scene<M>): readonly Capability[] => NEEDS[mode](scene);

/** What a scene cannot be played without. A free scene can be played anywhere; only its claims on segments need the wire. */
export function needsOf(of: Scene): readonly Capability[] {
  const held: readonly Capability[] = isHeld(of) ? ["namespace", "wire", "hold"] : [];
  const sysctl: readonly Capability[] = of.sysctls === undefined ? [] : ["sysctl"];
  const ipv6: readonly Capability[] = of.family === "ipv6" ? ["ipv6"] : [];
  return [...held, ...needsOfMode(of.mode, of), ...sysctl, ...ipv6, ...(of.needs ?? [])];
}

/** A population is watched for TIME_WAIT's minute, whatever else its scene says. */
export const waitsAMinute = ({ mode, takes }: Scene): boolean => mode === "population" || takes !== undefined;

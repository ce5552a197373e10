// The dry run: plays a scene without a kernel, only to learn its steps, so that a claim about a step that does not exist is refused before a socket opens.

import type { Claim } from "../claims/claim.ts";
import { type DocumentedPath, isSegmentRow } from "../claims/path.ts";
import { wrongWord } from "../claims/wrong-word.ts";
import { closest } from "../closest.ts";
import { LabError } from "../fault.ts";
import type { Lab, Scene } from "../lab/scene.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { ENDS } from "../tcp/end.ts";
import { reachable } from "../tcp/figure-5.ts";
import { readFlags } from "../tcp/flags.ts";
import { STATES, type TcpState } from "../tcp/state.ts";
import { stepsOf } from "./modes/modes.ts";

/** The names of a scene's steps, in order. Throws a LabError when the scene's documented facts do not fit it. */
export async function dryRun(lab: Lab, scene: Scene): Promise<readonly string[]> {
  if (scene.documented !== undefined) checkPath(scene, scene.documented);
  const steps = await stepsOf(scene.mode, scene);
  for (const claim of claimsOf({ id: lab.id, scenes: [scene] })) checkQuestion(claim, steps);
  return steps;
}

function checkQuestion({ id, ask }: Claim, steps: readonly string[]): void {
  const wrong = wrongWord(ask, steps);
  if (wrong === undefined) return;
  const { names, word, among } = wrong;
  const nearest = among.length === 1 ? among[0] : closest(word, among);
  const [owner, all] =
    names === "step" ? ["which the scene does not have", "its steps are"] : ["which does not exist", "there are"];
  const hint = nearest === undefined ? `${all} ${among.join(", ")}` : `did you mean "${nearest}"?`;
  throw new LabError(`lab: claim ${id}: asks about the ${names} "${word}", ${owner}: ${hint}`);
}

/** A documented path must consist of states and flags that exist, and of moves that figure 5 allows. */
function checkPath(scene: Scene, path: DocumentedPath): void {
  for (const end of ENDS) {
    let before: TcpState | undefined;
    for (const row of path.rows) {
      if (isSegmentRow(row)) {
        if (readFlags(row.segment) === undefined)
          throw new LabError(`lab: scene ${scene.id}, row ${row.id}: "${row.segment}" is no combination of flags`);
        continue;
      }
      const state = row[end];
      if (state === undefined) continue;
      checkState(scene.id, row.id, state);
      if (before !== undefined && before !== state && !reachable(before, state))
        throw new LabError(
          `lab: scene ${scene.id}, row ${row.id}: no arrows of figure 5 lead from ${before} to ${state}`,
        );
      before = state;
    }
  }
}

function checkState(scene: string, row: string, state: string): void {
  if ((STATES as readonly string[]).includes(state)) return;
  throw new LabError(
    `lab: scene ${scene}, row ${row}: no such state "${state}": did you mean ${closest(state, STATES)}?`,
  );
}

// The labs that recorded runs may be of: from the project alone, never from what was handed in, each loaded once and only if a run of it turns up.

import { closest } from "../closest.ts";
import { EvidenceError } from "../evidence/timeline-file.ts";
import type { KnownLab, LabLoader } from "../handed-in/judge-bundle.ts";
import type { Lab } from "../lab/scene.ts";
import { claimsOf } from "../lab/scene-claims.ts";
import { findLab, labNames } from "./find-lab.ts";

/** `own`: a lab file of the user's, whose runs are known too. */
export async function openLabLoader(own?: string): Promise<LabLoader> {
  const known = new Map<string, KnownLab>();
  const add = (lab: Lab): KnownLab => {
    const one = { lab, claims: claimsOf(lab) };
    known.set(lab.id, one);
    return one;
  };
  if (own !== undefined) add(await findLab(own));
  return async (id) => known.get(id) ?? add(await findKnown(id));
}

async function findKnown(id: string): Promise<Lab> {
  const names = labNames();
  if (names.includes(id)) return findLab(id);
  const nearest = closest(id, names);
  const hint = nearest === undefined ? "give the file of a lab of your own with --lab FILE" : `is it "${nearest}"?`;
  throw new EvidenceError(`a run of lab "${id}", which is not known here: ${hint}`);
}

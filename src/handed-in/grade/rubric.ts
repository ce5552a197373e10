// A rubric: how many points which claim of which lab is worth, for exactly one version of its claims.

import { z } from "zod";
import type { Claim } from "../../claims/claim.ts";
import { closest } from "../../closest.ts";
import { UsageError } from "../../fault.ts";
import { claimSetOf } from "./claim-set.ts";

const points = z.number().min(0).max(10_000);

const labRubric = z.strictObject({
  /** As `claimSetOf` spells it: with other claims the points would not mean the same. */
  claimSet: z.string(),
  /** For every claim that is not named below. */
  each: points,
  /** By id without the lab: "documented-numbers.syn-ack": 5. */
  claims: z.record(z.string(), points).optional(),
  /** Claims, or whole scenes, that are not graded: "initial-numbers". */
  leaveOut: z.array(z.string()).optional(),
});

export const rubric = z.strictObject({
  rubricVersion: z.literal(1),
  labs: z.record(z.string(), labRubric),
});

export type LabRubric = z.infer<typeof labRubric>;
export type Rubric = z.infer<typeof rubric>;

/** A point for every claim: what holds without a rubric. */
export const pointEach = (claims: readonly Claim[]): LabRubric => ({ claimSet: claimSetOf(claims), each: 1 });

export function readRubric(text: string, path: string): Rubric {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`rubric: reading ${path}: not JSON: ${(error as Error).message}`);
  }
  const { data, error } = rubric.safeParse(json);
  if (data !== undefined) return data;
  const [issue] = error?.issues ?? [];
  throw new UsageError(
    `rubric: reading ${path}: ${issue?.path.join(".")}: ${issue?.message}: begin with "judge --rubric-for LAB"`,
  );
}

/** Throws a UsageError where a rubric is for other claims than these, or names one that does not exist. */
export function checkRubric(lab: string, of: LabRubric, claims: readonly Claim[]): void {
  const here = claimSetOf(claims);
  if (of.claimSet !== here)
    throw new UsageError(
      `rubric: lab ${lab}: it is for the claim set ${of.claimSet}, the labs here have ${here}: judge with the version it was made for, or begin anew with "judge --rubric-for ${lab}"`,
    );
  const ids = claims.map(({ id }) => localId(lab, id));
  const known = [...ids, ...claims.map(({ scene }) => scene)];
  for (const name of [...Object.keys(of.claims ?? {}), ...(of.leaveOut ?? [])]) {
    if (known.includes(name)) continue;
    const nearest = closest(name, known);
    throw new UsageError(
      `rubric: lab ${lab}: no claim or scene "${name}"${nearest === undefined ? "" : `: did you mean "${nearest}"?`}`,
    );
  }
}

/** Points of one claim; undefined where it is left out. `id`: whole. */
export function pointsFor(lab: string, of: LabRubric, { id, scene }: Pick<Claim, "id" | "scene">): number | undefined {
  const local = localId(lab, id);
  if (of.leaveOut?.some((name) => name === local || name === scene)) return undefined;
  return of.claims?.[local] ?? of.each;
}

const localId = (lab: string, id: string): string => (id.startsWith(`${lab}.`) ? id.slice(lab.length + 1) : id);

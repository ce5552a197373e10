// What a run earns by a rubric: a claim's points where its verdict is the expected one, nothing for evidence that does not fit together.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { isExpected } from "../../verdict/summary.ts";
import { isRefusal, type Judged } from "../judge-bundle.ts";
import { type LabRubric, pointEach, pointsFor, type Rubric } from "./rubric.ts";

export interface GradedClaim {
  readonly claim: JudgedClaim;
  readonly earned: number;
  readonly possible: number;
}

export interface Grade {
  readonly earned: number;
  readonly possible: number;
  readonly claims: readonly GradedClaim[];
}

const NOTHING: Grade = { earned: 0, possible: 0, claims: [] };

/** Of a run that was refused, or of a lab that the rubric does not name, nothing can be earned. */
export function gradeOf(judged: Judged, rubric: Rubric | undefined): Grade {
  if (isRefusal(judged)) return NOTHING;
  const { verdict, complaints, claims } = judged;
  const { lab } = verdict.run;
  const own: LabRubric | undefined = rubric === undefined ? pointEach(claims) : rubric.labs[lab];
  if (own === undefined) return NOTHING;
  const graded = verdict.claims.flatMap((claim) => {
    const possible = pointsFor(lab, own, claim);
    if (possible === undefined) return [];
    const earned = complaints.length === 0 && isExpected(claim) ? possible : 0;
    return [{ claim, earned, possible }];
  });
  const sum = (of: "earned" | "possible") => graded.reduce((total, one) => total + one[of], 0);
  return { earned: sum("earned"), possible: sum("possible"), claims: graded };
}

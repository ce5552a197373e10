// Gradescope's results.json (https://gradescope-autograders.readthedocs.io/en/latest/specs/): one submission, a test for every claim that is graded.

import { printable } from "../../report/view/printable.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { isExpected } from "../../verdict/summary.ts";
import { isRefusal, type Judged, type Judgement } from "../judge-bundle.ts";
import { type GradedClaim, gradeOf } from "./points.ts";
import type { Rubric } from "./rubric.ts";

interface GradescopeTest {
  readonly name: string;
  readonly score: number;
  readonly max_score: number;
  readonly status: "passed" | "failed";
  readonly output: string;
  readonly output_format: "text";
  readonly visibility: "visible";
}

/** One submission may hold a run of each lab; of several runs of one lab the one that earns most counts. */
export function gradescopeResults(submission: readonly Judged[], rubric: Rubric | undefined) {
  const runs = bestOfEachLab(submission, rubric);
  const expected = rubric === undefined ? [...runs.keys()] : Object.keys(rubric.labs);
  const tests = expected.flatMap((lab) => testsOfLab(lab, runs.get(lab), rubric));
  const refused = submission
    .filter(isRefusal)
    .map(({ name, refused: reason }) => `${printable(name)}: ${printable(reason)}`);
  return {
    score: rounded(tests.reduce((sum, { score }) => sum + score, 0)),
    output:
      [...[...runs.values()].map(renderRun), ...refused.map((text) => `Refused: ${text}`)].join("\n") ||
      "Nothing was handed in that can be judged.",
    output_format: "text",
    stdout_visibility: "hidden",
    tests,
    extra_data: { runs: [...runs.values()].map(({ verdict }) => verdict.run) },
  };
}

function bestOfEachLab(submission: readonly Judged[], rubric: Rubric | undefined): ReadonlyMap<string, Judgement> {
  const best = new Map<string, Judgement>();
  for (const judged of submission) {
    if (isRefusal(judged)) continue;
    const before = best.get(judged.lab.id);
    if (before === undefined || gradeOf(judged, rubric).earned > gradeOf(before, rubric).earned)
      best.set(judged.lab.id, judged);
  }
  return best;
}

const renderRun = ({ verdict: { run }, complaints }: Judgement): string =>
  `${run.lab}: run ${printable(run.id)}${run.student === undefined ? "" : ` of ${run.student}`}; ` +
  (complaints.length === 0
    ? "its evidence is consistent."
    : `its evidence is not consistent, so no claim earns a point: ${complaints.map(({ text }) => printable(text)).join("; ")}`);

function testsOfLab(lab: string, run: Judgement | undefined, rubric: Rubric | undefined): readonly GradescopeTest[] {
  if (run === undefined) {
    const points = { earned: 0, possible: rubric?.labs[lab]?.each ?? 1 };
    const output = "No run of this lab was found in the submission.";
    return [test(`lab ${lab}: a run of it is handed in`, points, false, output)];
  }
  return gradeOf(run, rubric).claims.map((graded) => testOf(graded, run));
}

const testOf = ({ claim, ...points }: GradedClaim, { complaints }: Judgement): GradescopeTest => {
  const consistent = complaints.length === 0;
  const passed = consistent && isExpected(claim);
  return test(`${claim.id}: ${printable(claim.claim)}`, points, passed, render(claim, !consistent));
};

function render(claim: JudgedClaim, inconsistent: boolean): string {
  const { verdict, expected, because, cite, explanation, form } = claim;
  const asExpected = isExpected(claim) ? "" : `, expected was ${expected}`;
  return [
    `${verdict}${asExpected} (${cite})`,
    ...because.map(printable),
    ...(explanation === undefined ? [] : [explanation]),
    ...(form === undefined ? [] : [form.told]),
    ...(inconsistent ? ["The evidence is not consistent: no points."] : []),
  ].join("\n");
}

type Points = Pick<GradedClaim, "earned" | "possible">;

/** `passed` is not asked of the points: a claim may be worth none, and not hold. */
const test = (name: string, { earned, possible }: Points, passed: boolean, output: string): GradescopeTest => ({
  name,
  score: earned,
  max_score: possible,
  status: passed ? "passed" : "failed",
  output,
  output_format: "text",
  visibility: "visible",
});

/** Points in tenths would add up to 2.3000000000000003. */
const rounded = (points: number): number => Math.round(points * 1e6) / 1e6;

import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { onlyOpenAndClose, recordedFiles } from "../../testing/recorded-run.ts";
import { isRefusal, type Judged, type Judgement, judgeBundle } from "../judge-bundle.ts";
import { claimSetOf } from "./claim-set.ts";
import { gradescopeResults } from "./gradescope.ts";
import type { Rubric } from "./rubric.ts";

/** What "Autograder Specifications", section "Output format", has places for, and what may stand in each. */
const format = z.enum(["text", "html", "simple_format", "md", "ansi"]);
const visibility = z.enum(["hidden", "after_due_date", "after_published", "visible"]);
const extra = z.record(z.string(), z.json());

const testCase = z.strictObject({
  score: z.number().optional(),
  max_score: z.number().optional(),
  status: z.enum(["passed", "failed"]).optional(),
  name: z.string().optional(),
  name_format: format.optional(),
  number: z.string().optional(),
  output: z.string().optional(),
  output_format: format.optional(),
  tags: z.array(z.string()).optional(),
  visibility: visibility.optional(),
  extra_data: extra.optional(),
});

const specified = z
  .strictObject({
    /** In the stead of the sum of the tests'. */
    score: z.number().optional(),
    /** Seconds. */
    execution_time: z.number().optional(),
    output: z.string().optional(),
    output_format: format.optional(),
    test_output_format: format.optional(),
    test_name_format: format.optional(),
    visibility: visibility.optional(),
    stdout_visibility: visibility.optional(),
    extra_data: extra.optional(),
    tests: z.array(testCase).optional(),
    leaderboard: z
      .array(
        z.strictObject({
          name: z.string(),
          value: z.union([z.number(), z.string()]),
          order: z.enum(["asc", "desc"]).optional(),
        }),
      )
      .optional(),
  })
  .refine(
    ({ score, tests = [] }) =>
      score !== undefined || (tests.length > 0 && tests.every((one) => one.score !== undefined)),
    "the score stands at the top or with each test",
  );

async function judged(): Promise<Judgement> {
  const one = await judgeBundle({ name: "ada", files: recordedFiles() }, onlyOpenAndClose);
  assert.ok(!isRefusal(one));
  return one;
}

/** As Gradescope reads it: from the file. */
const written = (submission: readonly Judged[], rubric?: Rubric) =>
  specified.parse(JSON.parse(JSON.stringify(gradescopeResults(submission, rubric))));

const rubricOf = ({ claims }: Judgement, each: number): Rubric => ({
  rubricVersion: 1,
  labs: { "open-and-close": { claimSet: claimSetOf(claims), each }, close: { claimSet: "", each } },
});

test("whatever is handed in, results.json has the specified fields and no other", async () => {
  const one = await judged();
  const bad: Judgement = { ...one, complaints: [{ check: "clock", text: "<b>\u0007" }], exit: 1 };
  const refused: Judged = { name: "<script>", refused: "none" };
  for (const submission of [[], [one], [bad], [refused], [one, bad, refused]])
    for (const rubric of [undefined, rubricOf(one, 1), rubricOf(one, 0.1), rubricOf(one, 0)])
      written(submission, rubric);
});

test("what it says is shown as plain text, and what the judge prints is for the instructor alone", async () => {
  const { output_format, stdout_visibility, tests = [] } = written([await judged()]);
  assert.deepEqual([output_format, stdout_visibility], ["text", "hidden"]);
  assert.ok(tests.length > 30);
  for (const one of tests) {
    assert.equal(one.output_format, "text");
    assert.ok([undefined, "text"].includes(one.name_format), "the names' own format is text");
  }
});

test("the score is the sum of the tests' without the dust of adding tenths, and no test has more than its maximum", async () => {
  const one = await judged();
  const { score, tests = [] } = written([one], rubricOf(one, 0.1));
  const graded = tests.filter((each) => each.score !== 0);
  assert.equal(score, graded.length / 10);
  assert.ok(tests.every((each) => (each.score ?? 0) <= (each.max_score ?? 0)));
});

test("a claim that does not hold has not passed, even where it is worth nothing", async () => {
  const one = await judged();
  const [first, ...others] = one.verdict.claims;
  assert.ok(first !== undefined);
  const claims = [{ ...first, verdict: "disagree" as const }, ...others];
  const surprised: Judgement = { ...one, verdict: { ...one.verdict, claims } };
  const { tests = [] } = written([surprised], rubricOf(one, 0));
  const failed = tests.filter(({ status }) => status === "failed").map(({ name = "" }) => name);
  assert.equal(failed.length, 2);
  assert.ok(failed[0]?.startsWith(first.id));
  assert.match(failed[1] ?? "", /lab close: a run of it is handed in/);
});

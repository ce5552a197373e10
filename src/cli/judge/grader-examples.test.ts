import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runCommand, runLabProcess, runProcess, temporaryFolder, whyNoNamespace } from "../../testing/lab-process.ts";

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url));
const EXAMPLES = join(PROJECT, "examples");
const reason = await whyNoNamespace();

test("the Gradescope example grades a submission, and one that is none", { skip: reason ?? false }, async () => {
  using root = temporaryFolder();
  const at = (...names: readonly string[]) => join(root.path, ...names);
  for (const folder of ["source", "submission"]) mkdirSync(at(folder));
  symlinkSync(PROJECT, at("source", "tcp-loopback-lab"));
  const rubric = await runProcess(["judge", "--rubric-for", "close"]);
  writeFileSync(at("source", "rubric.json"), rubric.stdout);
  const grade = async () => {
    const script = join(EXAMPLES, "gradescope", "run_autograder");
    const { status, stderr } = await runCommand("bash", [script], { AUTOGRADER_ROOT: root.path });
    assert.equal(status, 0, stderr);
    return JSON.parse(readFileSync(at("results", "results.json"), "utf8"));
  };

  const nothing = await grade();
  assert.deepEqual([nothing.score, nothing.tests.length], [0, 1]);
  assert.match(nothing.tests[0].name, /lab close: a run of it is handed in/);

  await runLabProcess("close", at("submission"));
  const { score, tests } = await grade();
  assert.ok(tests.length > 50);
  assert.equal(
    score,
    tests.reduce((sum: number, one: { max_score: number }) => sum + one.max_score, 0),
  );
});

test("the GitHub Classroom example passes a run, and fails one whose evidence was changed", {
  skip: reason ?? false,
}, async () => {
  const workflow = readFileSync(join(EXAMPLES, "github-classroom", "classroom.yml"), "utf8");
  const [, command = ""] = /^\s+command: (.+)$/m.exec(workflow) ?? [];
  assert.match(command, /\.\.\/judge\/.*handed-in/);
  using root = temporaryFolder();
  const repository = join(root.path, "repository");
  symlinkSync(PROJECT, join(root.path, "judge"));
  const { verdict } = await runLabProcess("close", join(repository, "handed-in"));
  const judge = () => runCommand("bash", ["-c", `cd ${JSON.stringify(repository)} && ${command}`]);
  assert.equal((await judge()).status, 0);
  const timeline = join(repository, "handed-in", "close", verdict.run.id, "timeline.jsonl");
  writeFileSync(timeline, readFileSync(timeline, "utf8").replace('"FIN_WAIT_2"', '"CLOSING"'));
  assert.equal((await judge()).status, 1);
});

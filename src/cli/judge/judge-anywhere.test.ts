import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../testing/lab-process.ts";
import { recordedFiles } from "../../testing/recorded-run.ts";
import { writeZip } from "../../testing/zip-writer.ts";
import { labNames } from "../find-lab.ts";

const WITHOUT_KOFFI = new URL("../../testing/without-koffi.mjs", import.meta.url).href;
const LAUNCHER = fileURLToPath(new URL("../../launch.mjs", import.meta.url));
const LAB = fileURLToPath(new URL("../../testing/open-and-close.ts", import.meta.url));
const TIME_LIMIT_MS = 120_000;

function withoutKoffi(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", WITHOUT_KOFFI, ...words], {
    encoding: "utf8",
    timeout: TIME_LIMIT_MS,
  });
  return { status, stdout, stderr };
}

const judge = (...words: readonly string[]) => withoutKoffi(LAUNCHER, "judge", "--lab", LAB, ...words);

function handedIn(folder: string): string {
  const run = join(folder, "class", "ada", "run");
  mkdirSync(run, { recursive: true });
  for (const [name, content] of Object.entries(recordedFiles())) writeFileSync(join(run, name), content);
  writeFileSync(
    join(folder, "class", "bob.zip"),
    writeZip(Object.entries(recordedFiles()).map(([name, content]) => ({ name, content }))),
  );
  return join(folder, "class");
}

test("a class is judged without koffi, and every grader gets its file", () => {
  using folder = temporaryFolder();
  const path = handedIn(folder.path);
  const file = (name: string) => join(folder.path, name);
  const { status, stdout, stderr } = judge(
    path,
    "--csv",
    file("grades.csv"),
    "--junit",
    file("junit.xml"),
    "--tap",
    file("run.tap"),
    "--gradescope",
    file("results.json"),
  );
  assert.equal(status, 0, stderr);
  assert.match(stdout, /2 judged: 2 as expected/);
  assert.match(stdout, /share evidence/);
  assert.deepEqual(readdirSync(folder.path).sort(), ["class", "grades.csv", "junit.xml", "results.json", "run.tap"]);
  const { tests } = JSON.parse(readFileSync(file("results.json"), "utf8"));
  assert.ok(tests.length > 30);
});

test("the verdict document of one run is its verdict.json, octet by octet", () => {
  using folder = temporaryFolder();
  const run = join(handedIn(folder.path), "ada", "run");
  const { status, stdout } = judge("--verdict", run);
  assert.equal(status, 0);
  assert.equal(stdout, readFileSync(join(run, "verdict.json"), "utf8"));
});

test("a run that cannot be judged makes the status 3, and the others are judged", () => {
  using folder = temporaryFolder();
  const path = handedIn(folder.path);
  writeFileSync(join(path, "eve.zip"), "no archive");
  const { status, stdout } = judge("--json", path);
  assert.equal(status, 3);
  assert.equal(JSON.parse(stdout).exit, status);
  assert.deepEqual(
    JSON.parse(stdout).runs.map(({ exit }: { exit: number }) => exit),
    [0, 0, 3],
  );
});

test("bad usage gets a clear line: nothing named, no such lab, an unwritable file, a rubric that is none", () => {
  using folder = temporaryFolder();
  const path = handedIn(folder.path);
  const cases = [
    [[], /nothing to judge/],
    [["--rubric-for", "handshak"], /did you mean "handshake"/],
    [[path, "--csv", join(folder.path, "missing", "grades.csv")], /grades\.csv: ENOENT/],
    [[path, "--rubric", LAB], /not JSON/],
  ] as const;
  for (const [words, expected] of cases) {
    const { status, stderr } = judge(...words);
    assert.equal(status, 3);
    assert.match(stderr, expected);
    assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
  }
});

test("every lab loads where koffi cannot be found, so that its runs can be judged there", () => {
  const script = `for (const name of ${JSON.stringify(labNames())}) await import(${JSON.stringify(new URL("../../../labs/", import.meta.url).href)} + name + "/lab.ts");`;
  const { status, stderr } = withoutKoffi(
    "--import",
    import.meta.resolve("../../typescript.mjs"),
    "--input-type=module",
    "-e",
    script,
  );
  assert.equal(status, 0, stderr);
});

test("a reader that goes away early is no fault, and the status is that of the runs", () => {
  using folder = temporaryFolder();
  const path = handedIn(folder.path);
  const many = Array.from({ length: 3 }, () => join(path, "ada"));
  const words = [LAUNCHER, "judge", "--lab", LAB, "--verdict", ...many];
  const script = `"$@" | head -n 1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...words], {
    encoding: "utf8",
  });
  assert.equal(stderr, "");
  assert.equal(stdout, "{\n0\n");
});

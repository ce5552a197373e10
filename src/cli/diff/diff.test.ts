import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { runProcess } from "../../testing/lab-process.ts";

const EXAMPLES = fileURLToPath(new URL("../../../results/example", import.meta.url));
const [close, handshake] = [join(EXAMPLES, "close"), join(EXAMPLES, "handshake")];

test("two runs of different labs are not compared, and one line says so", async () => {
  for (const json of [[], ["--json"]]) {
    const { status, stdout, stderr } = await runProcess(["diff", close, handshake, ...json]);
    assert.equal(status, 3);
    assert.equal(stdout, "");
    assert.match(
      stderr,
      /close is a run of lab:close, .*handshake one of lab:handshake: compare two runs of one lab\n$/,
    );
    assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
  }
});

test("a run does not differ from itself, and a folder without one is named", async () => {
  assert.equal((await runProcess(["diff", close, close])).status, 0);
  const { status, stderr } = await runProcess(["diff", close, join(EXAMPLES, "none")]);
  assert.equal(status, 3);
  assert.match(stderr, /none/);
});

test("--help names every part of the document", async () => {
  const [help, document] = await Promise.all(
    [["--help"], [close, close, "--json"]].map((words) => runProcess(["diff", ...words])),
  );
  const { schemaVersion: _version, a: _a, b: _b, folded, ...lists } = JSON.parse(document?.stdout ?? "");
  const names = [...Object.keys(lists), ...Object.keys(folded).map((name) => `folded.${name}`)];
  assert.ok(names.length >= 6);
  const told = (help?.stdout ?? "").split("In --json:")[1] ?? "";
  assert.deepEqual(
    names.filter((name) => !told.includes(name)),
    [],
  );
});

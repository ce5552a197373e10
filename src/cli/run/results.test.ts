import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { HarnessError } from "../../fault.ts";
import { temporaryFolder } from "../../testing/lab-process.ts";
import { writeIndex, writeResults } from "./results.ts";

test("the index page takes the place of the one before, and nothing lies beside it", () => {
  using out = temporaryFolder();
  writeIndex(out.path, "before");
  assert.equal(readFileSync(writeIndex(out.path, "after"), "utf8"), "after");
  assert.deepEqual(readdirSync(out.path), ["index.html"]);
});

test("what cannot be moved to its place leaves nothing half-written, and the remedy is told", () => {
  using out = temporaryFolder();
  mkdirSync(join(out.path, "index.html"));
  mkdirSync(join(out.path, "run/full"), { recursive: true });
  for (const write of [() => writeIndex(out.path, "page"), () => writeResults(out.path, "run", { file: "" })])
    assert.throws(
      write,
      (error) =>
        error instanceof HarnessError && /^results: writing .*: make room or choose another/.test(error.message),
    );
  assert.deepEqual(readdirSync(out.path).sort(), ["index.html", "run"]);
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { LAUNCHER, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";
import { isGone } from "../testing/processes.ts";
import type { VerdictDocument } from "../verdict/document-schema.ts";

const skip = (await whyNoNamespace()) ?? false;

test("Ctrl-C in the middle of all labs: none is begun any more, those under way leave an honest part, status 2", {
  skip,
}, async (t) => {
  using out = temporaryFolder();
  const child = spawn(process.execPath, [LAUNCHER, "all", "--out", out.path], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid ?? assert.fail("nothing was started");
  t.after(() => {
    if (!isGone(pid)) process.kill(-pid, "SIGKILL");
  });
  let [table, said] = ["", ""];
  child.stdout.on("data", (text) => {
    table += text;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  await new Promise<void>((resolve, reject) => {
    child.once("close", () => reject(new Error(said)));
    child.stderr.on("data", (text) => {
      said += text;
      // The populations stand, and lab:states has come to its TIME_WAIT long ago.
      if (said.includes("flags: status")) resolve();
    });
  });
  process.kill(-pid, "SIGINT");
  assert.equal(await ended, 2, said);
  assert.match(table, /│ timewait +│ +103 │/);
  for (const lab of ["states", "timewait"]) {
    const [run = ""] = readdirSync(join(out.path, lab));
    const verdict: VerdictDocument = JSON.parse(readFileSync(join(out.path, lab, run, "verdict.json"), "utf8"));
    assert.deepEqual([verdict.exit, verdict.summary.surprises], [2, 0], lab);
    assert.ok(verdict.summary.unwitnessed > 0);
  }
  assert.equal(existsSync(join(out.path, "reset")), false, "it would have been the turn of lab:reset later");
  assert.ok(existsSync(join(out.path, "index.html")));
});

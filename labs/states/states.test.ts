import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../../src/testing/lab-process.ts";
import { assertWholeTapes } from "../../src/testing/whole-tapes.ts";

const NAMES = [
  ...Array.from({ length: 20 }, (_, index) => `arrow ${index + 1}`),
  "note 2",
  ...["note 3", "note 3"],
].sort();
const DEVIATIONS = ["states.arrow.listen--syn-sent", "states.arrow.syn-rcvd--listen", "states.note-3.sending"];

const reason = await whyNoNamespace();

test("lab:states goes all 23 arrows and notes, TIME_WAIT's minute included", { skip: reason ?? false }, async () => {
  using out = temporaryFolder();
  const { verdict } = await runLabProcess("states", out.path);
  const numbered = verdict.claims.filter(({ ref }) => ref !== undefined);
  assert.deepEqual(numbered.map(({ ref }) => ref).sort(), NAMES);
  const contradicted = numbered.filter((claim) => claim.verdict === "contradicts").map(({ id }) => id);
  assert.deepEqual(contradicted.sort(), DEVIATIONS);
  assert.deepEqual(
    numbered.filter((claim) => claim.verdict !== claim.expected).map(({ id, because }) => `${id}: ${because}`),
    [],
  );
  assert.equal(verdict.summary.surprises, 0);
  const run = join(out.path, "states", readdirSync(join(out.path, "states"))[0] ?? "");
  assertWholeTapes(readFileSync(join(run, "timeline.jsonl"), "utf8"));
});

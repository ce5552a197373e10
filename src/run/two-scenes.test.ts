import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { TimelineLine } from "../evidence/timeline.ts";
import { runCommand, whyNoNamespace } from "../testing/lab-process.ts";
import { whereIs, whyNoSimulation } from "../testing/simulated-machine.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";

const PROGRAM = fileURLToPath(new URL("../testing/two-scenes.ts", import.meta.url));
const skip = (await whyNoNamespace()) ?? whyNoSimulation() ?? false;

interface Played {
  readonly lines: readonly TimelineLine[];
  readonly surprises: readonly JudgedClaim[];
  readonly witnesses: readonly string[];
}

/** As an ordinary user plays, root only in namespaces of their own. */
async function playTwo(): Promise<readonly Played[]> {
  const node = [process.execPath, "--import", import.meta.resolve("../typescript.mjs"), PROGRAM];
  const words = ["--user", "--map-root-user", "--net", "--", ...node];
  const { stdout, stderr } = await runCommand(whereIs("unshare"), words);
  assert.notEqual(stdout, "", stderr);
  return JSON.parse(stdout);
}

test("two scenes played in turn, step by step, have each its own witnesses and a whole tape", { skip }, async (t) => {
  const played = await playTwo();
  await t.test("the steps of one stand between the steps of the other", () => {
    const steps = played.flatMap(({ lines }, own) =>
      lines.flatMap((line) => (line.type === "action" ? { at: line.at, own } : [])),
    );
    const order = steps.sort((a, b) => (a.at < b.at ? -1 : 1)).map(({ own }) => own);
    const both = order.slice(0, 2 * Math.min(...[0, 1].map((own) => order.filter((one) => one === own).length)));
    assert.ok(both.length >= 10, `${both.length} steps`);
    assert.deepEqual(
      both,
      both.map((_, index) => index % 2),
    );
  });
  for (const [own, { lines, surprises, witnesses }] of played.entries())
    await t.test(`scene ${own + 1} is judged as if it had been played alone`, () => {
      assert.deepEqual(
        surprises.map(({ id, verdict, because }) => `${id}: ${verdict}: ${because.join("; ")}`),
        [],
      );
      const notes = lines.filter((line) => line.type === "note");
      assert.deepEqual(
        notes.map(({ topic, data }) => [topic, topic === "tape" ? data?.complete : undefined]),
        [
          ["scene", undefined],
          ["tape", true],
        ],
      );
      const spoke = new Set(lines.flatMap((line) => (line.type === "sighting" ? line.witness : [])));
      assert.deepEqual(
        witnesses.filter((witness) => !spoke.has(witness as never)),
        [],
      );
    });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { openedFiles, sealed, withSegments } from "../testing/careful-forger.ts";
import { actionsIn, replaced } from "../testing/changed-lines.ts";
import { onlyOpenAndClose, recordedFiles } from "../testing/recorded-run.ts";
import { isRefusal, judgeBundle } from "./judge-bundle.ts";

const SCENE = "data-left";

/** The scene in which something is read, as a machine records it that has no access to the wire: with `capabilities`. */
async function complaintsWith(capabilities: readonly string[]): Promise<readonly string[]> {
  const run = openedFiles(recordedFiles());
  const [first] = run.lines;
  assert.ok(first?.type === "note");
  const kept = replaced(run.lines, first, { data: { ...first.data, capabilities } }).filter(
    (line) => line.type !== "segment" && (line.scene === undefined || line.scene === SCENE),
  );
  const lines = kept
    .filter((line) => (line.type === "note" ? !["tape", "held"].includes(line.topic) : true))
    .map((line) => (line.type === "action" ? { ...line, segments: [] } : line));
  assert.ok(actionsIn(lines).some(({ step }) => step === "client receive"));
  const { "environment.json": _, ...files } = sealed(withSegments(run, lines), recordedFiles());
  const judged = await judgeBundle({ name: "run", files }, onlyOpenAndClose);
  assert.ok(!isRefusal(judged), isRefusal(judged) ? judged.refused : "");
  return judged.complaints.filter(({ check }) => check === "application").map(({ text }) => text);
}

test("a run that could not see the wire is not asked what went over it; one that could is", async () => {
  assert.deepEqual(await complaintsWith([]), []);
  assert.equal((await complaintsWith(["wire"])).length, 1);
});

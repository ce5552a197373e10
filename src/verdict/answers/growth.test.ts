import assert from "node:assert/strict";
import { test } from "node:test";
import { SceneEvidence } from "../scene-evidence.ts";
import { answerGrowth } from "./growth.ts";

const SIZES = [1000, 10_000, 30_000, 100_000];
const ASK = { what: "growth", figure: "exponent", within: 0.5 } as const;

/** `looks`: milliseconds of the looks at each size, by witness. */
function answerTo(looks: Readonly<Record<string, readonly (readonly number[])[]>>) {
  const costs = Object.entries(looks).flatMap(([witness, own]) =>
    SIZES.map((entries, index) => ({ witness, entries, took: own[index] ?? [], processor: own[index] ?? [] })),
  );
  const data = { costs, memory: [], objects: {} };
  return answerGrowth(
    ASK,
    new SceneEvidence([{ type: "note", id: "n1", at: "1", scene: "cost", topic: "growth", text: "", data }]),
  );
}

const LINEAR = [
  [1, 1.1],
  [10, 11],
  [30, 31],
  [100, 101],
] as const;
const SQUARE = SIZES.map((entries) => [(entries / 1000) ** 2, (entries / 1000) ** 2 + 1]);
/** On a machine that had much else to do. */
const RESTLESS = [
  [35, 55],
  [49, 108],
  [86, 88],
  [212, 215],
] as const;

test("the exponent is that of the witness that is furthest from 1, and every sure one is a witness", () => {
  const linear = answerTo({ ss: LINEAR, procfs: LINEAR });
  assert.ok(linear.kind === "seen");
  assert.deepEqual([linear.seen.value, linear.witnesses], [1, ["ss", "procfs"]]);
  const square = answerTo({ ss: LINEAR, procfs: SQUARE });
  assert.ok(square.kind === "seen" && Number(square.seen.value) > 1.9);
});

test("a witness whose equal looks differ too much is none, and says how far it may be off", () => {
  const answer = answerTo({ ss: RESTLESS, procfs: LINEAR });
  assert.ok(answer.kind === "seen");
  assert.deepEqual(answer.witnesses, ["procfs"]);
  assert.match(
    answer.because.join("\n"),
    /^ss: grows with the power 1\.06, or anything between .*: not a witness here$/m,
  );
});

test("readings that are too restless contradict nothing, and nothing conforms by them", () => {
  for (const looks of [
    RESTLESS,
    [
      [1, 8],
      [9, 60],
      [30, 31],
      [500, 600],
    ],
  ])
    assert.equal(answerTo({ ss: looks }).kind, "unwitnessed");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { PopulationRecord } from "../../evidence/population.ts";
import { SceneEvidence } from "../scene-evidence.ts";
import { answerPopulation } from "./population.ts";

/** Two entries; the last look found none of those that had been seen. */
const WATCHED: PopulationRecord = {
  entries: 2,
  hz: 250,
  hzFrom: "a test",
  granularity: 2048,
  starts: [[0, 0, 2]],
  looks: [
    [60_990, 60_991, 2, 2, 0, 0],
    [61_000, 61_001, 0, 0, 0, 0],
  ],
  ended: [[0, 1, 2]],
  unseen: 0,
  resets: 0,
  standing: 0,
  complete: true,
  clockMoved: 0,
};
const ONE_UNSEEN: PopulationRecord = { ...WATCHED, ended: [[0, 1, 1]], unseen: 1 };
const EARLY = { what: "population", figure: "early" } as const;

const answerTo = (record: PopulationRecord) =>
  answerPopulation(
    EARLY,
    new SceneEvidence([
      {
        type: "note",
        id: "e1",
        at: "1.000000000",
        scene: "population",
        topic: "population",
        text: "",
        data: { ...record },
      },
    ]),
  );

test("a population that was seen to its end answers", () => {
  const answer = answerTo(WATCHED);
  assert.ok(answer.kind === "seen");
  assert.deepEqual(answer.seen, { kind: "number", value: 0 });
});

test("one entry that no look saw leaves every question open, whatever ended it", () => {
  assert.deepEqual(answerTo(ONE_UNSEEN), {
    kind: "unwitnessed",
    because: ["1 entries were never seen in TIME_WAIT"],
    evidence: ["e1"],
  });
  const answer = answerTo({ ...ONE_UNSEEN, resets: 1 });
  assert.equal(answer.kind, "unwitnessed");
  assert.match(answer.because.join(), /^1 entries were never seen in TIME_WAIT; the kernel sent 1 RST there/);
});

test("evidence of a run that did not count resets is read as before", () => {
  const { resets: _, ...older } = ONE_UNSEEN;
  assert.deepEqual(answerTo(older), answerTo(ONE_UNSEEN));
});

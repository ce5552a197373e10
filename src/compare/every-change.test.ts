import assert from "node:assert/strict";
import { test } from "node:test";
import { labNames } from "../cli/find-lab.ts";
import { comparedExample, judgedAnew, LARGE_EXAMPLE } from "../testing/compared-example.ts";
import { RUN_CHANGES } from "../testing/run-changes.ts";
import { chanceFrom, seedOfRun } from "../testing/seeded.ts";
import { compareRuns, type RunDifference } from "./run-difference.ts";

const LABS = labNames().filter((name) => name !== LARGE_EXAMPLE);
/** Of each kind and lab. */
const ROUNDS = 3;

const scenesIn = ({ claims, segments, settings }: RunDifference): readonly (string | undefined)[] => [
  ...claims.map(({ claim }) => claim.scene),
  ...segments.map(({ scene }) => scene),
  ...settings.map(({ scene }) => scene),
];

const tried = new Map(Object.keys(RUN_CHANGES).map((kind) => [kind, 0]));

for (const lab of LABS)
  test(`every real change of a run of lab:${lab} is listed, in its scene`, async (t) => {
    const run = await comparedExample(lab);
    const seed = seedOfRun();
    t.diagnostic(`SEED=${seed}`);
    const chance = chanceFrom(seed);
    for (const [kind, change] of Object.entries(RUN_CHANGES))
      for (let round = 0; round < ROUNDS; round++) {
        const changed = change(run.lines, run.claims, chance);
        if (changed === undefined) continue;
        tried.set(kind, (tried.get(kind) ?? 0) + 1);
        const found = compareRuns(run, judgedAnew(run, changed.lines));
        assert.ok(scenesIn(found).includes(changed.scene), `${kind} in ${changed.scene} is not listed (SEED=${seed})`);
        const listed = found.claims.map(({ claim }) => claim.id);
        for (const id of changed.claims) assert.ok(listed.includes(id), `${kind}: ${id} is not listed (SEED=${seed})`);
      }
  });

test("every kind of change was tried on some lab", () => {
  assert.deepEqual(
    [...tried].filter(([, times]) => times === 0),
    [],
  );
});

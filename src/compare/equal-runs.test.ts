import assert from "node:assert/strict";
import { test } from "node:test";
import { labNames } from "../cli/find-lab.ts";
import { comparedExample, LARGE_EXAMPLE } from "../testing/compared-example.ts";
import { RUN_VARIATIONS } from "../testing/run-variations.ts";
import { chanceFrom, seedOfRun } from "../testing/seeded.ts";
import { comparedRun } from "./compared-run.ts";
import { formatPiece } from "./piece.ts";
import { comparePieces } from "./segment-difference.ts";

for (const lab of labNames())
  test(`segments of lab:${lab} do not differ by what no two runs have alike`, async (t) => {
    const run = await comparedExample(lab);
    const seed = seedOfRun();
    t.diagnostic(`SEED=${seed}`);
    // Of a large run the last is tried alone: it is all the others.
    for (const [kind, vary] of Object.entries(RUN_VARIATIONS).slice(lab === LARGE_EXAMPLE ? -1 : 0)) {
      const varied = comparedRun({ ...run, lines: vary(run.lines, chanceFrom(seed)) });
      const found = comparePieces(run, varied).map(({ scene, a, b }) => [
        scene,
        a && formatPiece(a),
        b && formatPiece(b),
      ]);
      assert.deepEqual(found, [], `${kind} (SEED=${seed})`);
    }
  });

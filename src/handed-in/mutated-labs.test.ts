import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openLabLoader } from "../cli/lab-loader.ts";
import { openedFiles, sealed } from "../testing/careful-forger.ts";
import { CLAIM_MUTATIONS, restedClaims } from "../testing/claim-mutations.ts";
import { runLabProcess, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";
import { quickWords } from "../testing/quick-words.ts";
import { chanceFrom, seedOfRun } from "../testing/seeded.ts";
import type { BundleFiles } from "./bundle/bundle.ts";
import { isRefusal, judgeBundle } from "./judge-bundle.ts";

const LABS = ["handshake", "close", "reset", "timewait"] as const;
/** Of each kind and lab; together more than 200 mutations. */
const ROUNDS = 6;
const reason = await whyNoNamespace();
const loadLab = await openLabLoader();

/** Without verdict.json, as sealed() leaves it: no digest can give a mutation away. */
async function look(files: BundleFiles) {
  const judged = await judgeBundle({ name: "mutated", files }, loadLab);
  if (isRefusal(judged)) return { refused: true, verdicts: "", complaints: [], judged: undefined };
  const verdicts = JSON.stringify(judged.verdict.claims.map(({ id, verdict, seen }) => [id, verdict, seen]));
  return { refused: false, verdicts, complaints: judged.complaints.map(({ text }) => text), judged };
}

for (const lab of LABS)
  test(`every changed fact of a run of lab:${lab} is noticed`, { skip: reason ?? false }, async (t) => {
    using out = temporaryFolder();
    await runLabProcess(lab, out.path, await quickWords(lab));
    const run = join(out.path, lab, readdirSync(join(out.path, lab))[0] ?? "");
    const read = (name: string) => readFileSync(join(run, name));
    const original: BundleFiles = {
      "timeline.jsonl": read("timeline.jsonl"),
      "capture.pcapng": read("capture.pcapng"),
      "environment.json": read("environment.json"),
    };
    const opened = openedFiles(original);
    const untouched = await look(sealed(opened, original));
    assert.deepEqual(untouched.complaints, [], "the untouched run must fit together");
    assert.ok(untouched.judged !== undefined);
    const { claims, verdict } = untouched.judged;
    const rested = restedClaims(claims, verdict.claims, opened.lines);
    const seed = seedOfRun();
    const chance = chanceFrom(seed);
    const score = { verdict: 0, complaint: 0, refusal: 0, nothing: 0 };
    const missed = new Set<string>();
    for (const [name, mutate] of Object.entries(CLAIM_MUTATIONS))
      for (let round = 0; round < ROUNDS; round++) {
        const mutated = mutate(opened, rested, chance);
        if (mutated === undefined) continue;
        const { refused, verdicts, complaints } = await look(sealed(mutated, original));
        if (refused) score.refusal++;
        else if (verdicts !== untouched.verdicts) score.verdict++;
        else if (complaints.length > 0) score.complaint++;
        else {
          score.nothing++;
          missed.add(name);
        }
      }
    const tried = Object.values(score).reduce((sum, count) => sum + count, 0);
    t.diagnostic(
      `seed ${seed}: of ${tried} mutations of facts ${tried - score.nothing} were noticed (${score.verdict} by a verdict, ${score.complaint} by a cross-check alone, ${score.refusal} by the schema)`,
    );
    assert.ok(tried >= 50);
    assert.deepEqual([...missed], [], `not noticed (SEED=${seed})`);
  });

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Forgery, openedFiles, sealed } from "../testing/careful-forger.ts";
import { FACT_MUTATIONS } from "../testing/fact-mutations.ts";
import { OTHER_MUTATIONS } from "../testing/other-mutations.ts";
import { onlyOpenAndClose, recordedFiles, recordOpenAndClose } from "../testing/recorded-run.ts";
import { type Chance, chanceFrom, seedOfRun } from "../testing/seeded.ts";
import type { BundleFiles } from "./bundle/bundle.ts";
import { isRefusal, judgeBundle } from "./judge-bundle.ts";

const ROUNDS = 7;

interface Noticed {
  readonly name: string;
  readonly how: "verdict" | "complaint" | "refusal" | "nothing";
}

async function tryAll(
  original: BundleFiles,
  chance: Chance,
): Promise<{ facts: readonly Noticed[]; others: readonly Noticed[] }> {
  const run = openedFiles(original);
  const untouched = await look(sealed(run, original));
  assert.equal(untouched.complaints, 0, "the untouched run must fit together");
  const attempt = async (name: string, mutated: Forgery | BundleFiles): Promise<Noticed> => {
    const files = "lines" in mutated ? sealed(mutated, original) : mutated;
    const seen = await look(files);
    const how = seen.refused
      ? "refusal"
      : seen.verdicts !== untouched.verdicts
        ? "verdict"
        : seen.complaints > 0
          ? "complaint"
          : "nothing";
    return { name, how };
  };
  const [facts, others]: [Noticed[], Noticed[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, mutate] of Object.entries(FACT_MUTATIONS)) facts.push(await attempt(name, mutate(run, chance)));
    for (const [name, mutate] of Object.entries(OTHER_MUTATIONS))
      others.push(await attempt(name, mutate(run, chance, original)));
  }
  return { facts, others };
}

async function look(files: BundleFiles) {
  const judged = await judgeBundle({ name: "mutated", files }, onlyOpenAndClose);
  if (isRefusal(judged)) return { refused: true, verdicts: "", complaints: 0 };
  const verdicts = JSON.stringify(judged.verdict.claims.map(({ id, verdict, seen }) => [id, verdict, seen]));
  return { refused: false, verdicts, complaints: judged.complaints.length };
}

async function tryRun(t: TestContext, original: BundleFiles): Promise<void> {
  const seed = seedOfRun();
  const { facts, others } = await tryAll(original, chanceFrom(seed));
  const count = (how: Noticed["how"]) => facts.filter((one) => one.how === how).length;
  const wrongly = others.filter(({ how }) => how !== "nothing").length;
  t.diagnostic(
    `seed ${seed}: of ${facts.length} mutations of facts ${facts.length - count("nothing")} were noticed (${count("verdict")} by a verdict, ${count("complaint")} by a cross-check alone, ${count("refusal")} by the schema); of ${others.length} others ${wrongly}`,
  );
  assert.ok(facts.length + others.length >= 200);
  assert.deepEqual(
    [...new Set(facts.filter(({ how }) => how === "nothing").map(({ name }) => name))],
    [],
    `not noticed (SEED=${seed})`,
  );
  assert.deepEqual(
    others.filter(({ how }) => how !== "nothing"),
    [],
    `noticed, and changes no fact (SEED=${seed})`,
  );
}

test("every changed fact is noticed, and nothing else is: on the run that is kept", (t) => tryRun(t, recordedFiles()));

test("every changed fact is noticed, and nothing else is: on a run of this machine", async (t) => {
  const fresh = await recordOpenAndClose();
  if ("missing" in fresh) return t.skip(fresh.missing);
  await tryRun(t, fresh);
});

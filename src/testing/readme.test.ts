import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { labNames } from "../cli/find-lab.ts";
import { openLabLoader } from "../cli/lab-loader.ts";
import { findBundles } from "../handed-in/bundle/find-bundles.ts";
import { isRefusal, judgeBundle } from "../handed-in/judge-bundle.ts";
import { runProcess } from "./lab-process.ts";
import { EXAMPLES, exampleLadder, ladderIn, ROOT, readReadme } from "./readme.ts";
import { assertWholeTapes } from "./whole-tapes.ts";

const AGAIN = "npm run examples makes it anew";

test("every lab has a run in results/example that is judged as it was, with tapes that hold all", async () => {
  const loadLab = await openLabLoader();
  const judged: string[] = [];
  for await (const found of findBundles([join(ROOT, EXAMPLES)])) {
    if ("refused" in found) assert.fail(`${found.name}: ${found.refused}`);
    const one = await judgeBundle(found, loadLab);
    if (isRefusal(one)) assert.fail(`${one.name}: ${one.refused}`);
    assertWholeTapes(String(found.files["timeline.jsonl"]));
    assert.deepEqual(one.complaints, [], `${one.name} does not fit: ${AGAIN}`);
    assert.equal(one.verdict.exit, 0, one.name);
    judged.push(one.lab.id);
  }
  assert.deepEqual(judged.sort(), labNames());
});

test("the ladder in README.md is that of results/example/handshake", async () => {
  assert.equal(ladderIn(readReadme()), await exampleLadder(), AGAIN);
});

test("every script that README.md names is in package.json, every option in --help", async () => {
  const readme = readReadme();
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: object };
  const named = [...readme.matchAll(/npm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name = ""]) => name);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
  const helps = await Promise.all([[], ["judge"], ["inspect"], ["diff"]].map((of) => runProcess([...of, "--help"])));
  const help = helps.map(({ stdout }) => stdout).join("\n");
  const ours = readme.replaceAll(/^(git|zip) .*$/gm, "");
  const options = [...ours.matchAll(/(?<=[\s`(])--[a-z][a-z0-9-]+/g)].map(([option]) => option);
  assert.ok(options.length > 10);
  assert.deepEqual(
    options.filter((option) => !help.includes(option)),
    [],
  );
});

test("every link of README.md leads to a file of the project", () => {
  const targets = [...readReadme().matchAll(/\]\(([^)#]+)[^)]*\)|(?:src|srcset)="([^"]+)"/g)].map(
    ([, link, picture]) => link ?? picture ?? "",
  );
  const ours = targets.filter((target) => !target.startsWith("http"));
  assert.ok(ours.length > 5);
  assert.deepEqual(
    ours.filter((target) => !existsSync(join(ROOT, target))),
    [],
  );
});

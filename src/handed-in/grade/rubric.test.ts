// A rubric that an instructor wrote for the labs as they were must go on fitting them: only a claim that claims something else may end that.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findLab, labNames } from "../../cli/find-lab.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import { checkRubric, readRubric } from "./rubric.ts";

const KEPT = "fixtures/rubric.json";
const { labs } = readRubric(readFileSync(new URL(KEPT, import.meta.url), "utf8"), KEPT);

test("the kept rubric has every lab", () => assert.deepEqual(Object.keys(labs).sort(), labNames()));

for (const [name, rubric] of Object.entries(labs))
  test(`the kept rubric fits lab:${name}`, async () => checkRubric(name, rubric, claimsOf(await findLab(name))));

import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE } from "../../testing/example-run.ts";
import { claimsToShow } from "./claim-rows.ts";

const { claims } = EXAMPLE.verdict;
const telling = claims.filter(({ verdict, expected }) => verdict !== "conforms" || expected !== "conforms");

test("a few claims are all shown", () => {
  assert.deepEqual(claimsToShow(claims, claims.length), { shown: claims, said: "" });
});

test("of many claims those are shown that did not simply conform, and the others are counted", () => {
  const { shown, said } = claimsToShow(claims, claims.length - 1);
  assert.deepEqual(shown, telling);
  assert.equal(said, `${claims.length - telling.length} more claims, all of them conforming, are in verdict.json.`);
});

test("even of those only so many are shown, and that is said", () => {
  const { shown, said } = claimsToShow(claims, 2);
  assert.deepEqual(shown, telling.slice(0, 2));
  assert.match(
    said,
    new RegExp(`^${claims.length - 2} more claims, ${telling.length - 2} of them not simply conforming`),
  );
});

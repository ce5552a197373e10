import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { align } from "./alignment.ts";

const texts = (a: readonly string[], b: readonly string[], coarser: readonly ((text: string) => string)[] = []) =>
  align(a, b, [(text) => text, ...coarser]).map(({ a: own = "-", b: other = "-" }) => `${own} ${other}`);

test("what two lists have in common is paired in order, and the rest stands alone", () => {
  assert.deepEqual(texts(["x", "a", "b", "c", "y"], ["x", "b", "d", "c", "z", "y"]), [
    "x x",
    "a -",
    "b b",
    "- d",
    "c c",
    "- z",
    "y y",
  ]);
  assert.deepEqual(texts([], []), []);
  assert.deepEqual(texts(["a"], []), ["a -"]);
});

test("what has nothing in common by the first key is paired by a coarser one", () => {
  const initial = (text: string) => text.slice(0, 1);
  assert.deepEqual(texts(["a1", "b1", "c1"], ["a1", "b2", "d1", "c1"], [initial]), ["a1 a1", "b1 b2", "- d1", "c1 c1"]);
});

test("each element stands in exactly one pair, in its order", (t) => {
  const list = fc.array(fc.constantFrom("a1", "a2", "b1", "b2", "c1"), { maxLength: 12 });
  holdsForAll(
    t,
    fc.property(list, list, (a, b) => {
      const pairs = align(a, b, [(text) => text, (text) => text.slice(0, 1)]);
      assert.deepEqual(
        pairs.flatMap((pair) => pair.a ?? []),
        a,
      );
      assert.deepEqual(
        pairs.flatMap((pair) => pair.b ?? []),
        b,
      );
      for (const pair of pairs)
        assert.ok(pair.a === undefined || pair.b === undefined || pair.a.slice(0, 1) === pair.b.slice(0, 1));
    }),
    500,
  );
});

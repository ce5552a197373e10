import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../../testing/holds-for-all.ts";
import { columnsOf, padded, wrap } from "./columns.ts";

test("a wide character takes two columns, and a combining mark none", () => {
  assert.equal(columnsOf("ESTABLISHED"), 11);
  assert.equal(columnsOf("通信"), 4);
  assert.equal(columnsOf("e\u0301"), 1);
  assert.equal(padded("通信", 6), "通信  ");
  assert.equal(wrap("通信 通信 通信", 9), "通信 通信\n通信");
});

test("wrapped text has the same words in the same order, and no line that could be shorter is too long", (t) => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
  holdsForAll(
    t,
    fc.property(words, fc.integer({ min: 5, max: 40 }), (list, width) => {
      const lines = wrap(list.join(" "), width, " ", "   ").split("\n");
      assert.deepEqual(
        lines.flatMap((line) => line.trim().split(" ")),
        list,
      );
      for (const line of lines) assert.ok(line.length <= width || !line.trim().includes(" "), line);
    }),
  );
});

test("the first line is indented otherwise than the others", () => {
  assert.equal(wrap("one two three", 8, "- ", "  "), "- one\n  two\n  three");
});

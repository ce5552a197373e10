import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../../testing/holds-for-all.ts";
import { printable, wrap } from "./printable.ts";

test("escape sequences, bells and marks that turn the direction of text are shown as what they are not", () => {
  assert.equal(printable("\u001b[31mred\u0007"), "\ufffd[31mred\ufffd");
  assert.equal(printable("abc\u202edef"), "abc\ufffddef");
  assert.equal(printable("\u009b0m"), "\ufffd0m");
});

test("white space of any kind is one space", () => {
  assert.equal(printable("  a\n\r\n\tb\u2028c  "), "a b c");
});

test("letters of all languages and signs stay", () => {
  assert.equal(printable("Jürgen 通 ✔ é"), "Jürgen 通 ✔ é");
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

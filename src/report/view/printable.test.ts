import assert from "node:assert/strict";
import { test } from "node:test";
import { printable } from "./printable.ts";

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

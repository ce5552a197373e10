import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../../testing/holds-for-all.ts";
import { code, details, escaped, shortened, table } from "./text.ts";

/** Text of the characters that Markdown obeys, among others. */
const nasty = fc.string({
  unit: fc.constantFrom(..."\\`*_[]<>|&~$!#-+.)1aB \n\t\r\u001b\u202e\u2028".split("")),
  maxLength: 30,
});

/** The cells of a table's row as GFM splits it: at every bar without a backslash that is not itself escaped. */
const cellsOf = (row: string): readonly string[] => row.match(/(?:\\[\s\S]|[^|\\])+/g) ?? [];

test("no text can end its cell, its row or its table", (t) => {
  holdsForAll(
    t,
    fc.property(nasty, nasty, (first, second) => {
      const drawn = table(["a", "b"], [[`x${escaped(first)}`, `x${code(second)}`]]);
      const [, , row = "", ...more] = drawn.split("\n");
      assert.deepEqual(more, []);
      assert.equal(cellsOf(row).length, 2, row);
    }),
    500,
  );
});

test("escaped text holds no character that begins anything", (t) => {
  holdsForAll(
    t,
    fc.property(nasty, (text) => {
      const unescaped = escaped(text).replace(/\\[\s\S]/g, "x");
      assert.doesNotMatch(unescaped, /[`*[\]<>|&~$!\\]|^[#+=-]|\n/);
      assert.doesNotMatch(unescaped.replace(/(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])/g, ""), /_/);
    }),
    500,
  );
});

test("names of states and sentences stay readable", () => {
  assert.equal(
    escaped("After the FIN the client is in FIN_WAIT_1 (seq=100)."),
    "After the FIN the client is in FIN_WAIT_1 (seq=100).",
  );
});

test("a line that would begin a list, and an address that would become a link, are only text", () => {
  assert.equal(escaped("1. first"), "1\\. first");
  assert.equal(escaped("12) twelfth"), "12\\) twelfth");
  assert.equal(escaped("- item"), "\\- item");
  assert.equal(escaped("see https://example.org or www.example.org"), "see https\\://example.org or www\\.example.org");
});

test("raw lines stand in backquotes, or as entities where these cannot hold them", () => {
  assert.equal(code("ESTAB 0 *:80"), "`ESTAB 0 *:80`");
  assert.equal(code("a|b"), "<code>a&#124;b</code>");
  assert.equal(code("`<b>\\"), "<code>&#96;&#60;b&#62;&#92;</code>");
  assert.equal(code(""), "");
});

test("a summary is escaped, too", () => {
  assert.match(details("<b>", "body"), /^<details><summary>\\<b\\><\/summary>\n\nbody\n\n<\/details>$/);
});

test("a list up to the limit is shown whole, a longer one from both ends, and that is said", () => {
  const list = Array.from({ length: 100 }, (_, index) => index);
  assert.deepEqual(shortened(list, 100, "things"), { first: list, last: [], said: "" });
  const { first, last, said } = shortened(list, 40, "things");
  assert.deepEqual([first[0], first.at(-1), last[0], last.at(-1)], [0, 29, 90, 99]);
  assert.match(said, /^Of 100 things the first 30 and the last 10 are shown/);
});

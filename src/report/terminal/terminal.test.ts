import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { EXAMPLE } from "../../testing/example-run.ts";
import { reportTerminal } from "./terminal.ts";

const VIEW = { ...EXAMPLE, folder: "results/example/run" };
const report = (columns: number, colour: boolean) => reportTerminal(VIEW, { columns, colour });

for (const columns of [80, 100, 120, 200])
  test(`at ${columns} columns no line is longer`, () => {
    const long = report(columns, false)
      .split("\n")
      .filter((line) => line.length > columns);
    assert.deepEqual(long, []);
  });

test("without colour nothing is written but text, whatever the student is called", () => {
  assert.ok(EXAMPLE.verdict.run.student?.includes("\u001b"));
  assert.doesNotMatch(report(80, false), /[^\P{Cc}\n]/u);
});

test("with colour the same text is written", () => {
  for (const columns of [80, 120])
    assert.equal(stripVTControlCharacters(report(columns, true)), report(columns, false));
});

test("what nobody expected is red, a slip that is known is yellow", () => {
  const coloured = report(200, true);
  assert.ok(coloured.includes("\u001b[31m✘ contradicts, seen SYN_RCVD: ss, procfs"));
  assert.ok(coloured.includes("\u001b[33m  ✘ contradicts, as expected: documented 42949672951"));
  assert.ok(coloured.includes("\u001b[32m✔ conforms: ss, procfs"));
});

test("a surprise tells the steps up to the one that surprised, and the raw lines it rests on", () => {
  const [, story = ""] = report(120, false).split("Surprises");
  assert.match(story, /8\. The wire hands on what never came\.\n {5}ss: client ESTABLISHED: ESTAB 0 5 127/);
  assert.match(story, /procfs: client CLOSED: absent from a complete listing/);
});

test("where no verdict surprised, nothing is said of surprises", () => {
  const claims = EXAMPLE.verdict.claims.filter(({ verdict, expected }) => verdict === expected);
  const calm = reportTerminal({ ...VIEW, verdict: { ...EXAMPLE.verdict, claims } }, { columns: 80, colour: false });
  assert.doesNotMatch(calm, /Surprises|What nobody saw/);
});

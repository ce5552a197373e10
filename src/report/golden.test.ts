import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { EXAMPLE } from "../testing/example-run.ts";
import { reportMarkdown } from "./markdown/markdown.ts";
import { reportTerminal } from "./terminal/terminal.ts";

const terminal = (columns: number) =>
  reportTerminal({ ...EXAMPLE, folder: "results/example/run" }, { columns, colour: false });

const GOLDEN = {
  "report.md": () => reportMarkdown(EXAMPLE),
  "terminal-80.txt": () => terminal(80),
  "terminal-120.txt": () => terminal(120),
} as const;

for (const [name, make] of Object.entries(GOLDEN))
  test(`the run written by hand is reported as in ${name}`, () => {
    const file = new URL(`fixtures/${name}`, import.meta.url);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, make());
    assert.equal(make(), readFileSync(file, "utf8"), `if the change is meant: UPDATE_GOLDEN=1, then read ${name}`);
  });

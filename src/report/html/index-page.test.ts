import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE } from "../../testing/example-run.ts";
import { indexPage, type RunEntry } from "./index-page.tsx";

const { verdict } = EXAMPLE;
const FILES = ["report.html", "report.md", "verdict.json"];

const run = (lab: string, folder: string, more: Partial<RunEntry> = {}): RunEntry => ({
  folder,
  verdict: { ...verdict, run: { ...verdict.run, lab, student: "<b>ada</b>" } },
  question: "Which segments open a connection?",
  files: FILES,
  ...more,
});

test("every run is linked by its report, and what students write stays text", () => {
  const page = indexPage([run("handshake", "handshake/2"), run("close", "close/1"), run("handshake", "handshake/1")]);
  for (const folder of ["handshake/2", "close/1", "handshake/1"])
    assert.ok(page.includes(`href="${folder}/report.html"`), folder);
  assert.ok(page.includes('href="handshake/2/verdict.json"'));
  assert.ok(page.includes("Which segments open a connection?"));
  assert.ok(page.includes("&lt;b>ada&lt;/b>") && !page.includes("<b>ada"));
});

test("the surprises of the latest runs are added up", () => {
  assert.ok(indexPage([run("a", "a/2"), run("b", "b/1"), run("a", "a/1")]).includes(">4 surprises"));
});

test("a run without report.html is linked by report.md", () => {
  assert.ok(indexPage([run("a", "a/b", { files: ["report.md"] })]).includes('href="a/b/report.md"'));
});

test("a folder's name cannot become another address or an attribute", () => {
  assert.ok(
    indexPage([run("a", 'javascript:alert(1)/a"b')]).includes('href="javascript%3Aalert(1)/a%22b/report.html"'),
  );
});

test("no runs, and the page still stands", () => {
  assert.ok(indexPage([]).includes("in 0 labs"));
});

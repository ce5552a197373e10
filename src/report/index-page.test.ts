import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerdictDocument } from "../verdict/document.ts";
import { indexPage } from "./index-page.ts";

const verdict: VerdictDocument = {
  schemaVersion: 1,
  run: {
    id: "2026-11-23T08-15-30Z-3fa9c1",
    lab: "handshake",
    startedAt: "2026-11-23T08:15:30.000Z",
    tool: "a test",
    kernel: "Linux",
    student: "<b>ada</b>",
    evidence: { timeline: "", capture: "" },
  },
  capabilities: [],
  scenes: [],
  claims: [],
  summary: { conforms: 0, contradicts: 0, disagree: 0, unwitnessed: 0, unsupported: 0, surprises: 0 },
  exit: 0,
};

test("every run is linked by its report, and what students write stays text", () => {
  const folder = `handshake/${verdict.run.id}`;
  const page = indexPage([{ folder, verdict, files: ["report.html", "report.md", "verdict.json"] }]);
  assert.ok(page.includes(`<a href="${folder}/report.html">handshake</a>`));
  assert.ok(page.includes(`<a href="${folder}/verdict.json">`));
  assert.ok(page.includes("&lt;b&gt;ada&lt;/b&gt;") && !page.includes("<b>ada"));
});

test("a run without report.html is linked by report.md", () => {
  assert.ok(indexPage([{ folder: "a/b", verdict, files: ["report.md"] }]).includes('href="a/b/report.md"'));
});

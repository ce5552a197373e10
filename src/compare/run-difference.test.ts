import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import { claimsOf } from "../lab.ts";
import openAndClose from "../testing/open-and-close.ts";
import { recordedFiles } from "../testing/recorded-run.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";
import { spellDifference } from "./difference-text.ts";
import { type ComparedRun, compareRuns } from "./run-difference.ts";
import { differences } from "./sequence-difference.ts";

const LINES = readTimeline(recordedFiles()["timeline.jsonl"].toString());

const runOf = (lines: readonly TimelineLine[], sysctls?: Readonly<Record<string, string>>): ComparedRun => ({
  verdict: verdictDocumentOf(claimsOf(openAndClose), lines, { timeline: "", capture: "" }),
  lines,
  sysctls,
});

test("what two lists do not have in common is told in order", () => {
  const found = differences(["x", "a", "b", "c", "y"], ["x", "b", "d", "c", "z", "y"]);
  assert.deepEqual(
    found.map(({ only, text }) => `${only} ${text}`),
    ["a a", "b d", "b z"],
  );
  assert.deepEqual(differences([], []), []);
  assert.deepEqual(differences(["a"], ["a"]), []);
});

test("a run does not differ from itself", () => {
  const run = runOf(LINES, { "net.ipv4.tcp_ecn": "2" });
  assert.deepEqual(compareRuns(run, run), { claims: [], segments: [], sysctls: [] });
});

test("claims, segments and sysctls that differ are found, and nothing else", () => {
  const changed = LINES.map((line): TimelineLine => {
    if (line.type === "segment" && line.scene === "opening" && line.frame === 1)
      return { ...line, options: ["mss 1460"] };
    if (line.type === "sighting" && line.scene === "free") return { ...line, raw: "other" };
    if (line.type === "note" && line.topic === "scene" && line.scene === "free")
      return { ...line, data: { ...line.data, sysctls: { "net.ipv4.tcp_ecn": "1" } } };
    return line;
  }).filter((line) => !(line.type === "segment" && line.scene === "free" && line.flags.join() === "ACK"));
  const [a, b] = [runOf(LINES, { "net.ipv4.tcp_sack": "1" }), runOf(changed, { "net.ipv4.tcp_sack": "0" })];
  const found = compareRuns(a, b);
  assert.deepEqual(
    found.claims.map(({ id, a: one, b: other }) => [id, one, other]),
    [["open-and-close.free.three-segments", "conforms (3)", "contradicts (2)"]],
  );
  assert.deepEqual(found.sysctls, [
    { name: "net.ipv4.tcp_sack", a: "1", b: "0" },
    { scene: "free", name: "net.ipv4.tcp_ecn", a: undefined, b: "1" },
  ]);
  assert.deepEqual(
    found.segments.map(({ scene, only, frame }) => [scene, only, frame]),
    [
      ["opening", "a", 1],
      ["opening", "b", 1],
      ["free", "a", 16],
    ],
  );
  const text = spellDifference(a, b, found, { columns: 80, colour: false });
  assert.ok(text.split("\n").every((line) => line.length <= 80));
});

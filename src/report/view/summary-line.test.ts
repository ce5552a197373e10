import assert from "node:assert/strict";
import { test } from "node:test";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { summarise } from "../../verdict/summary.ts";
import { formatSummary } from "./claim-rows.ts";
import { correctionsAmong } from "./corrections.ts";

const claim = (id: string, rest: Partial<JudgedClaim> = {}): JudgedClaim => ({
  id,
  claim: id,
  scene: "one",
  source: "document",
  cite: "the document",
  documented: { kind: "number", value: 1 },
  verdict: "conforms",
  expected: "conforms",
  witnesses: [],
  sources: [],
  because: [],
  evidence: [],
  ...rest,
});
const sum = (...claims: JudgedClaim[]) => formatSummary({ claims, summary: summarise(claims) });

test("a calm run is summed up in a line", () => {
  assert.equal(sum(claim("a"), claim("b")), "2 claims: 2 conform; no surprise.");
});

test("contradictions that were expected are told from those that were not", () => {
  const slip = claim("a", { verdict: "contradicts", expected: "contradicts" });
  const surprise = claim("b", { verdict: "contradicts" });
  assert.equal(sum(slip), "1 claim: 0 conform, 1 contradict (as expected); no surprise.");
  assert.equal(sum(slip, surprise), "2 claims: 0 conform, 2 contradict (1 of them as expected); 1 surprise.");
});

test("what stayed open is counted only where something did", () => {
  assert.equal(
    sum(
      claim("a", { verdict: "disagree" }),
      claim("b", { verdict: "unwitnessed" }),
      claim("c", { verdict: "unsupported" }),
    ),
    "3 claims: 0 conform, on 1 the witnesses disagree, 1 nobody saw, 1 cannot be shown on this machine; 1 surprise.",
  );
});

test("a correction stands with what it corrects, and once", () => {
  const slip = claim("slip", { verdict: "contradicts", expected: "contradicts" });
  const sumOf = claim("sum", { refines: "slip" });
  const wholly = claim("wholly right");
  assert.deepEqual(correctionsAmong([sumOf, slip, wholly]), [{ claim: slip, refinedBy: [sumOf] }]);
});

test("a myth that came out true, and a surprise, are told of as well", () => {
  const myth = claim("myth", { expected: "contradicts" });
  const surprise = claim("surprise", { verdict: "contradicts" });
  assert.deepEqual(
    correctionsAmong([myth, surprise]).map(({ claim: { id } }) => id),
    ["myth", "surprise"],
  );
});

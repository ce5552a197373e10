import assert from "node:assert/strict";
import { test } from "node:test";
import type { JudgedClaim } from "./document-schema.ts";
import { exitStatus, summarise, worstStatus } from "./summary.ts";

const judged = (verdict: JudgedClaim["verdict"], expected: JudgedClaim["expected"] = "conforms"): JudgedClaim => ({
  id: "a.b.c",
  claim: "",
  scene: "b",
  source: "document",
  cite: "",
  documented: { kind: "number", value: 1 },
  verdict,
  expected,
  witnesses: [],
  sources: [],
  because: [],
  evidence: [],
});

const exitOf = (claims: readonly JudgedClaim[], cutShort = false) => exitStatus(summarise(claims), cutShort);

test("all as expected is 0, a known slip that contradicts included", () => {
  assert.equal(exitOf([judged("conforms"), judged("contradicts", "contradicts")]), 0);
});

test("a surprise is 1: a sound claim contradicted, a known slip that conforms, witnesses that disagree", () => {
  assert.equal(exitOf([judged("contradicts")]), 1);
  assert.equal(exitOf([judged("conforms", "contradicts")]), 1);
  assert.equal(exitOf([judged("disagree", "contradicts")]), 1);
});

test("what some kernels are known to do is no surprise, whichever way it came out; witnesses that disagree still are", () => {
  const form = { id: "before-a-change", told: "Linux before it does so." };
  assert.equal(exitOf([{ ...judged("contradicts"), form }]), 0);
  assert.equal(exitOf([{ ...judged("conforms", "contradicts"), form }]), 0);
  assert.equal(exitOf([{ ...judged("disagree"), form }]), 1);
});

test("what stayed open or was cut short is 2, and a surprise goes before it", () => {
  assert.equal(exitOf([judged("conforms"), judged("unwitnessed")]), 2);
  assert.equal(exitOf([judged("unsupported", "contradicts")]), 2);
  assert.equal(exitOf([judged("conforms")], true), 2);
  assert.equal(exitOf([judged("contradicts"), judged("unwitnessed")]), 1);
});

test("every verdict is counted once", () => {
  const claims = [judged("conforms"), judged("disagree"), judged("unwitnessed"), judged("unsupported")];
  assert.deepEqual(summarise(claims), {
    conforms: 1,
    contradicts: 0,
    disagree: 1,
    unwitnessed: 1,
    unsupported: 1,
    surprises: 1,
  });
});

test("of several runs a surprise is worse than something open, and no verdict is the worst", () => {
  assert.equal(worstStatus([]), 0);
  assert.equal(worstStatus([0, 2, 0]), 2);
  assert.equal(worstStatus([2, 1, 2]), 1);
  assert.equal(worstStatus([1, 3, 2]), 3);
});

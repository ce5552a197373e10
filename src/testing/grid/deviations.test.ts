import assert from "node:assert/strict";
import { test } from "node:test";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { EXAMPLE } from "../example-run.ts";
import { type Combination, formatCombination } from "./combination.ts";
import { deviationsOf } from "./deviations.ts";
import type { Level } from "./factors.ts";

const baseline = EXAMPLE.verdict;
const [first, ...others] = baseline.claims;
if (first === undefined) throw new Error("the run written by hand has claims");

const level: Level = { name: "asked", sysctls: { "net.ipv4.tcp_ecn": "1" } };
const combination: Combination = { lab: "example", levels: [level] };
const withFirst = (change: Partial<typeof first>): VerdictDocument => ({
  ...baseline,
  claims: [{ ...first, ...change }, ...others],
});

test("the same verdicts are no deviation, whatever was seen", () => {
  assert.deepEqual(deviationsOf(baseline, withFirst({ because: ["otherwise"] }), combination), []);
});

test("another verdict is one, and so is a claim that is gone", () => {
  const [other] = deviationsOf(baseline, withFirst({ verdict: "disagree" }), combination);
  assert.match(other?.text ?? "", new RegExp(`^${first.id}: ${first.verdict} at the baseline, disagree here`));
  assert.equal(other?.explained, undefined);
  const gone = deviationsOf(baseline, { ...baseline, claims: others }, { ...combination, levels: [] });
  assert.ok(gone.some(({ text }) => text === `${first.id} was not judged`));
});

test("it is explained where the claim's condition names the very sysctl, and no other", () => {
  const played = (condition: string) => withFirst({ verdict: "contradicts", condition });
  const explained = (condition: string) =>
    deviationsOf(withFirst({ verdict: "conforms" }), played(condition), combination)[0]?.explained;
  assert.match(explained("while tcp_ecn=2 stands") ?? "", /tcp_ecn=2 stands/);
  assert.equal(explained("while tcp_ecn_fallback stands"), undefined);
});

test("a disagreement is explained by nothing", () => {
  const played = withFirst({ verdict: "disagree", condition: "while tcp_ecn=2 stands" });
  const [only, ...others] = deviationsOf(baseline, played, combination);
  assert.deepEqual(others, []);
  assert.equal(only?.explained, undefined);
});

test("what deviates in the same way with another value is the same deviation", () => {
  const idOf = (value: number, verdict: "contradicts" | "disagree") =>
    deviationsOf(
      withFirst({ verdict: "conforms" }),
      withFirst({ verdict, seen: { kind: "number", value } }),
      combination,
    )
      .map(({ id }) => id)
      .join();
  assert.equal(idOf(1, "contradicts"), idOf(2, "contradicts"));
  assert.notEqual(idOf(1, "contradicts"), idOf(1, "disagree"));
});

test("a tool that falls silent is told, and where it prints no timers, what is not about how long an end waits", () => {
  const spoke = withFirst({ witnesses: ["ss", "netstat"] });
  const silent = withFirst({ witnesses: ["ss"] });
  assert.match(deviationsOf(spoke, silent, combination)[0]?.text ?? "", /^netstat says nothing on 1 claims/);
  const tool = { program: "netstat", suite: "trixie", debianPackage: "busybox" } as const;
  const levels = [{ name: "busybox", tool, withoutTimers: true }] as const;
  const waits = withFirst({ witnesses: ["netstat"], seen: { kind: "duration-ms", value: 60_000 } });
  const not = withFirst({ witnesses: [], seen: { kind: "duration-ms", value: 60_000 } });
  assert.equal(deviationsOf(waits, not, { ...combination, levels }).length, 0);
  assert.equal(deviationsOf(waits, not, combination).length, 1);
  assert.equal(deviationsOf(spoke, silent, { ...combination, levels }).length, 1);
});

test("a combination is named by what is not the baseline", () => {
  const own = { name: "own" };
  const factors = [
    { name: "ss", levels: [own] },
    { name: "sysctls", levels: [own, level] },
  ] as const;
  assert.equal(formatCombination({ lab: "close", levels: [own, own] }, factors), "the baseline");
  assert.equal(formatCombination({ lab: "close", levels: [own, level] }, factors), "sysctls asked");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { writeTimeline } from "../evidence/recorder.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import { onlyOpenAndClose, recordedFiles } from "../testing/recorded-run.ts";
import { chanceFrom } from "../testing/seeded.ts";
import { isRefusal, type JudgedEvidence, judgeBundle } from "./judge-bundle.ts";
import { Fingerprints, fingersOf } from "./shared-evidence.ts";

type Line = ReturnType<typeof readTimeline>[number];

/** The recorded run under another name, its lines changed; whether it still fits together is not asked here. */
async function runOf(
  name: string,
  change: (line: Line, index: number) => object = () => ({}),
): Promise<JudgedEvidence> {
  const files = recordedFiles();
  const lines = readTimeline(files["timeline.jsonl"].toString()).map(
    (line, index) => ({ ...line, ...change(line, index) }) as Line,
  );
  const judged = await judgeBundle(
    { name, files: { ...files, "timeline.jsonl": Buffer.from(writeTimeline(lines)) } },
    onlyOpenAndClose,
  );
  assert.ok(!isRefusal(judged), JSON.stringify(judged));
  return judged;
}

const chance = chanceFrom(7);
const elsewhere = (line: Line) => ({
  at: `${1_800_000_000 + chance.number(1e6)}.${String(chance.number(1e9)).padStart(9, "0")}`,
  ...(line.type === "segment" && { seq: chance.number(2 ** 32) }),
});

const sharing = (...runs: readonly JudgedEvidence[]) => {
  const prints = new Fingerprints();
  for (const run of runs) prints.add(run, fingersOf(run));
  return prints.sharing();
};

test("a copy shares numbers and times with its original", async () => {
  const [pair, ...others] = sharing(await runOf("ada"), await runOf("bob"));
  assert.deepEqual(others, []);
  assert.deepEqual(pair?.runs, ["ada", "bob"]);
  assert.ok((pair?.shared.instant ?? 0) > 10 && (pair?.shared.gap ?? 0) >= 4);
});

test("of many copies of one run one group is told, and of another run's copies another", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `ada-${index}`);
  const original = await runOf("ada");
  const other = await runOf("eve", elsewhere);
  const copies = names.map((name) => ({ ...original, name }));
  const groups = sharing({ ...other, name: "eve" }, ...copies, { ...other, name: "mallory" });
  assert.deepEqual(groups.map(({ runs }) => runs).sort(), [names, ["eve", "mallory"]]);
});

test("who shares only a part stands in a group of its own, with what all of that group share", async () => {
  // Every second line of the copy has another time.
  const half = await runOf("half", (line, index) => (index % 2 === 0 ? {} : { at: elsewhere(line).at }));
  const groups = sharing(await runOf("ada"), await runOf("bob"), half);
  assert.deepEqual(
    groups.map(({ runs }) => runs),
    [
      ["ada", "bob"],
      ["ada", "bob", "half"],
    ],
  );
  const [all, some] = groups.map(({ shared }) => shared.instant ?? 0);
  assert.ok(some !== undefined && all !== undefined && some > 0 && some < all);
});

test("two pairs that share as much of different things are two groups", async () => {
  const one = await runOf("a", elsewhere);
  const other = await runOf("c", elsewhere);
  const groups = sharing(one, { ...one, name: "b" }, other, { ...other, name: "d" });
  assert.deepEqual(groups.map(({ runs }) => runs).sort(), [
    ["a", "b"],
    ["c", "d"],
  ]);
});

test("a copy whose times were all moved by the same hour is still seen by its gaps", async () => {
  const moved = await runOf("bob", ({ at }) => ({ at: `${Number(at.slice(0, -10)) + 3600}${at.slice(-10)}` }));
  const [pair] = sharing(await runOf("ada"), moved);
  assert.equal(pair?.shared.instant, undefined);
  assert.ok((pair?.shared.gap ?? 0) >= 4);
});

test("two runs of one student share nothing that tells; one that says to be another's shares its payload", async () => {
  const named = (line: Line, index: number) => ({
    ...elsewhere(line),
    ...(index === 0 && line.type === "note" && { data: { ...line.data, student: "bob" } }),
  });
  assert.deepEqual(sharing(await runOf("first"), await runOf("second", elsewhere)), []);
  const [pair] = sharing(await runOf("ada"), await runOf("bob", named));
  assert.deepEqual(pair?.shared, { payload: 1 });
});

test("what the lab itself chose is no evidence of sharing", async () => {
  const runs = await Promise.all(["a", "b", "c"].map((name) => runOf(name, elsewhere)));
  for (const { shared } of sharing(...runs)) assert.equal(shared.number, undefined);
});

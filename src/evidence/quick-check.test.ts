import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { z } from "zod";
import { type Chance, chanceFrom, seedOfRun } from "../testing/seeded.ts";
import { quickCheck } from "./quick-check.ts";
import { timelineLine } from "./timeline-schema.ts";

const EXAMPLES = new URL("../../results/example/", import.meta.url);

function linesOf(lab: string): readonly unknown[] {
  const text = readFileSync(new URL(`${lab}/timeline.jsonl`, EXAMPLES), "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
const LABS = readdirSync(EXAMPLES).filter((lab) =>
  readdirSync(new URL(`${lab}/`, EXAMPLES)).includes("timeline.jsonl"),
);
const isLine = quickCheck(timelineLine);

test("of every line that a run wrote, but for notes with data, it is sure", () => {
  assert.ok(LABS.length > 5);
  for (const lab of LABS) {
    const unsure = linesOf(lab).filter((line) => !isLine(line));
    assert.deepEqual(
      unsure.filter((line) => (line as { type: string }).type !== "note"),
      [],
      lab,
    );
  }
});

const STRANGE: readonly unknown[] = [
  null, true, "", "x", "e1", "ACK", -1, 0, 1.5, 65536, 2 ** 32, 2 ** 53, -(2 ** 53), Infinity, [], {}, ["ACK"],
  [null], { port: 1 }, { address: "", port: 1 }, { ok: true }, { ok: false }, { ok: true, value: [] },
  { ok: false, error: "EIO", value: 1 }, "1.5", "1700000000.000000000", "1700000000.000000000\n",
]; // biome-ignore format: one list

/** The value with something changed, added or taken away, at any depth. */
function mutated(value: unknown, chance: Chance): unknown {
  if (typeof value !== "object" || value === null || chance.number(3) === 0) return chance.pick(STRANGE);
  if (Array.isArray(value)) {
    const at = chance.number(value.length + 1);
    return chance.number(2) === 0 ? value.toSpliced(at, 1) : value.toSpliced(at, 1, mutated(value[at], chance));
  }
  const names = Object.keys(value);
  const name =
    chance.number(4) === 0 || names.length === 0
      ? chance.pick(["type", "timer", "__proto__", "more"])
      : chance.pick(names);
  const { [name]: own, ...rest } = value as Record<string, unknown>;
  if (chance.number(4) === 0) return rest;
  // As JSON.parse() does: "__proto__" is a name like others.
  return Object.defineProperty(rest, name, {
    value: mutated(own, chance),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

test("what it is sure of the schema accepts, as it stands", (t) => {
  const seed = seedOfRun();
  const chance = chanceFrom(seed);
  let [sure, accepted] = [0, 0];
  for (const lab of LABS)
    for (const line of linesOf(lab).filter(() => chance.number(4) === 0))
      for (let round = 0; round < 8; round++) {
        const value = mutated(line, chance);
        const { data } = timelineLine.safeParse(value);
        if (data !== undefined) accepted++;
        if (!isLine(value)) continue;
        sure++;
        assert.ok(data !== undefined, `SEED=${seed}: it is sure of ${JSON.stringify(value)}`);
        assert.deepEqual(data, value, `SEED=${seed}`);
      }
  t.diagnostic(`seed ${seed}: ${accepted} changed lines are still lines, of ${sure} it was sure`);
  assert.ok(sure > 100);
});

test("it is never sure of what it does not know", () => {
  const unknown: readonly [z.ZodType, unknown][] = [
    [z.object({ a: z.string() }), { a: "" }],
    [z.looseObject({ a: z.string() }), { a: "" }],
    [z.strictObject({ a: z.string() }).refine(() => false), { a: "" }],
    [z.strictObject({ a: z.string().default("b") }), { a: "" }],
    [z.string().min(3), ""],
    [z.string().regex(/a/g), "a"],
    [z.iso.datetime(), "2026-01-01T00:00:00Z"],
    [z.email(), "a@b.org"],
    [z.string().trim(), " a"],
    [z.number().gt(0), 1],
    [z.number().multipleOf(2), 1],
    [z.int32(), 1],
    [z.array(z.string()).min(2), []],
    [z.record(z.string().regex(/a/), z.string()), { b: "" }],
    [z.xor([z.string(), z.literal("a")]), "a"],
    [z.union([z.string(), z.number()]).refine(() => false), "a"],
    [z.json(), {}],
    [z.boolean(), true],
  ];
  for (const [schema, value] of unknown) assert.equal(quickCheck(schema)(value), false, schema._zod.def.type);
});

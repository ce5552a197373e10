import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note } from "../evidence/timeline.ts";
import { checkSysctls } from "./check-sysctls.ts";

const RUN = { pinned: { "net.a": "1", "net.b": "2" }, asked: { "net.b": "3", "net.c": "4" } };

const sceneWith = (data: NonNullable<Note["data"]>): Note => ({
  id: "e2",
  type: "note",
  at: "1.000000000",
  scene: "one",
  topic: "scene",
  text: "A scene.",
  data: { mode: "stepped", ...data },
});

const faults = (data: NonNullable<Note["data"]>): readonly string[] =>
  checkSysctls(RUN, [sceneWith(data)]).map(({ check, text }) => `${check}: ${text}`);

test("pins that nobody overruled and what was asked for, reached or not, fit together", () => {
  assert.deepEqual(faults({ pins: { "net.a": "1" }, sysctls: { "net.b": "3", "net.c": "4" } }), []);
  assert.deepEqual(
    faults({ pins: { "net.a": "1" }, sysctls: { "net.b": "3", "net.c": "5" }, unreached: { "net.c": "4" } }),
    [],
  );
});

for (const [how, data, fault] of [
  ["another pin", { pins: { "net.a": "7" }, sysctls: RUN.asked }, /e2: one rests on net\.a = 7/],
  ["a pin that is missing", { pins: {}, sysctls: RUN.asked }, /e2: one does not say what net\.a was/],
  [
    "what was asked for and is not told",
    { pins: { "net.a": "1" }, sysctls: { "net.b": "3" } },
    /neither that net\.c = 4/,
  ],
  [
    "what nobody asked for",
    { pins: { "net.a": "1" }, sysctls: RUN.asked, unreached: { "net.d": "5" } },
    /was not reached by net\.d = 5/,
  ],
] as const)
  test(`${how} is noticed`, () => {
    const found = faults(data);
    assert.equal(found.length, 1, found.join());
    assert.match(found[0] ?? "", fault);
  });

test("a scene whose segments nobody holds may do without a pin", () => {
  const free = { mode: "free", pins: { "net.a": "1" }, sysctls: { "net.b": "3", "net.c": "4" } };
  assert.deepEqual(faults(free), []);
  assert.deepEqual(faults({ ...free, pins: {} }), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { checkClock } from "./clock.ts";

const STARTED = 1_700_000_000;
const STARTED_AT = new Date(STARTED * 1000).toISOString();
const WATCHED = "watched";

let written = 0;
/** A note of a scene, so many seconds after the start. */
const note = (scene: string, seconds: number, topic = "seen", mode = "stepped"): TimelineLine => ({
  id: `e${++written}`,
  type: "note",
  at: `${STARTED + seconds}.000000000`,
  scene,
  topic,
  text: "Something.",
  data: { mode },
});

const BEGUN = [note(WATCHED, 0, "scene", "population"), note("played", 10, "scene"), note("played", 50)];
const complaintsOf = (...lines: readonly TimelineLine[]) =>
  checkClock([...BEGUN, ...lines], STARTED_AT).map(({ text }) => text.replace(/^e\d+ /, ""));

test("what was seen of a population is written after all else, in its own order", () => {
  assert.deepEqual(complaintsOf(note(WATCHED, 30), note(WATCHED, 60)), []);
  assert.deepEqual(complaintsOf(note(WATCHED, 60), note(WATCHED, 30)), [
    "is 30000.000 ms earlier than what was written before it",
  ]);
});

test("it was not seen before its scene began", () => {
  assert.equal(complaintsOf(note(WATCHED, -5)).length, 1);
});

test("every other line is no earlier than what was written before it, a population's or not", () => {
  assert.equal(complaintsOf(note("played", 40)).length, 1);
  assert.equal(complaintsOf(note(WATCHED, 60), note("played", 55)).length, 1);
});

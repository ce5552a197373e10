import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { checkClock } from "./check-clock.ts";

const STARTED = 1_700_000_000;

/** A note of a scene, so many seconds after the start. */
const note = (scene: string, seconds: number): TimelineLine => ({
  id: "e1",
  type: "note",
  at: `${STARTED + seconds}.000000000`,
  scene,
  topic: "seen",
  text: "Something.",
});

const complaintsOf = (...lines: readonly TimelineLine[]) =>
  checkClock(lines, new Date(STARTED * 1000).toISOString()).map(({ text }) => text.replace(/^e\d+ /, ""));

test("scenes that are watched side by side write in one order of time", () => {
  assert.deepEqual(complaintsOf(note("watched", 0), note("played", 10), note("watched", 30), note("played", 40)), []);
});

test("every line is no earlier than what was written before it, whichever scene's", () => {
  assert.deepEqual(complaintsOf(note("watched", 0), note("played", 50), note("watched", 30)), [
    "is 20000.000 ms earlier than what was written before it",
  ]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { wheelGranularity } from "./kernel-timers.ts";

test("the granularity of 60 s follows from CONFIG_HZ", () => {
  assert.equal(wheelGranularity(250, 60), 2048);
  assert.equal(wheelGranularity(1000, 60), 4096);
  assert.equal(wheelGranularity(100, 60), 5120);
  assert.ok(Math.abs(wheelGranularity(300, 60) - 1706.67) < 0.01);
});

test("short timers are rounded to a tick, longer ones the coarser the longer they are", () => {
  assert.equal(wheelGranularity(250, 0.2), 4);
  assert.equal(wheelGranularity(250, 5), 256);
});

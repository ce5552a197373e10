import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { checkTape } from "./check-tape.ts";

const AT = "1700000000.000000000";
const SCENE = { scene: "scene", at: AT } as const;
const CLIENT = { address: "127.0.0.1", port: 20_000 } as const;
const SERVER = { address: "127.0.0.1", port: 8000 } as const;

const LONG: SegmentLine = {
  ...SCENE,
  type: "segment",
  id: "e2",
  frame: 1,
  origin: "kernel",
  gsoSize: 47_616,
  end: "server",
  from: SERVER,
  to: CLIENT,
  flags: ["PSH", "ACK"],
  seq: 100,
  ack: 200,
  length: 62_464,
  window: 64,
  urgentPointer: 0,
  options: [],
  header: "",
};

function complaintsAbout(segment: SegmentLine, account: Record<string, number | boolean>, mode = "free") {
  const lines: readonly TimelineLine[] = [
    { ...SCENE, type: "note", id: "e1", topic: "scene", text: "", data: { mode, client: CLIENT, server: SERVER } },
    segment,
    { ...SCENE, type: "note", id: "e3", topic: "tape", text: "", data: { drops: 0, ...account } },
  ];
  return checkTape(lines).map(({ text }) => text);
}

test("a frame of two segments is counted as two", () => {
  assert.deepEqual(complaintsAbout(LONG, { frames: 1, asCounted: 2, kernelSent: 2, complete: true }), []);
  const { gsoSize: _, ...single } = LONG;
  assert.deepEqual(complaintsAbout(single, { frames: 1, asCounted: 2, kernelSent: 2, complete: true }), [
    "e3: the tape of scene is said to be counted by the kernel as 2 segments, what is written down as 1",
  ]);
});

test("a tape that does not hold what the kernel sent is not complete", () => {
  assert.deepEqual(complaintsAbout(LONG, { frames: 1, asCounted: 2, kernelSent: 3, complete: true }), [
    "e3: the tape of scene is called complete, but its counts do not match",
  ]);
  assert.deepEqual(complaintsAbout(LONG, { frames: 1, asCounted: 2, kernelSent: 3, complete: false }), []);
});

test("of encounters only a part is written down", () => {
  const whole = { asCounted: 9, kernelSent: 9, complete: true };
  assert.deepEqual(complaintsAbout(LONG, { frames: 8, ...whole }, "encounters"), []);
  assert.deepEqual(complaintsAbout(LONG, { frames: 0, ...whole }, "encounters"), [
    "e3: the tape of scene held 0 segments, 1 are written down",
  ]);
});

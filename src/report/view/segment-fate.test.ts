import assert from "node:assert/strict";
import { test } from "node:test";
import { action, note, sceneOf, segment, sighting } from "../../testing/scene-of-lines.ts";
import { arrives, fatesOf, formatFate, formatOrigin } from "./segment-fate.ts";

const SYN = segment({ id: "e2", frame: 1, flags: ["SYN"] });
const CONNECT = action({ id: "e1", step: "client connect" });
const told = (lines: Parameters<typeof sceneOf>[0], mode?: "stepped" | "free") => {
  const fate = fatesOf(sceneOf(lines, mode))(SYN);
  return [formatFate(fate), arrives(fate)];
};

test("what the lab decided is told with the step", () => {
  const decided = (fate: "delivered" | "dropped" | "duplicated") =>
    told([CONNECT, SYN, action({ id: "e3", step: "the step", fate, segments: ["e2"] })]);
  assert.deepEqual(decided("delivered"), ["handed on (the step)", true]);
  assert.deepEqual(decided("dropped"), ["lost (the step)", false]);
  assert.deepEqual(decided("duplicated"), ["handed on twice (the step)", true]);
});

test("an altered segment was held, and its copy handed on", () => {
  const copy = segment({ id: "e4", frame: 2, flags: ["SYN"], origin: "altered", alters: "e2" });
  const alter = action({ id: "e3", step: "alter SYN", fate: "delivered", segments: ["e4"] });
  const lines = [CONNECT, SYN, alter, copy];
  assert.deepEqual(told(lines), ["held; frame 2 was handed on in its stead", false]);
  assert.equal(formatOrigin(copy, sceneOf(lines)), "changed from frame 1");
});

test("what was left at the end is told so", () => {
  assert.deepEqual(told([CONNECT, SYN, note({ id: "e3", topic: "held", data: { segments: ["e2"] } })]), [
    "left on the wire",
    false,
  ]);
});

test("no gate stands before TIME_WAIT or where there is no socket: the segment arrived at once", () => {
  const before = (state: "TIME_WAIT" | "CLOSED" | "LISTEN") => [
    action({ id: "e8", step: "before" }),
    sighting({ id: "e9", after: "e8", end: "server", states: [state] }),
    CONNECT,
    SYN,
  ];
  assert.deepEqual(told(before("TIME_WAIT")), ["arrived at once: TIME_WAIT has no gate", true]);
  assert.deepEqual(told(before("CLOSED")), ["arrived at once: no socket was there", true]);
  assert.deepEqual(told(before("LISTEN")), ["not decided on", false]);
});

test("a segment that a reset answered was not held, though the lab left it undecided", () => {
  const held = note({ id: "e4", topic: "held", data: { segments: ["e2"] } });
  const reset = (ack: number) => segment({ id: "e3", frame: 2, end: "server", flags: ["RST", "ACK"], ack });
  assert.deepEqual(told([CONNECT, SYN, reset(SYN.seq + 1), held]), [
    "arrived at once: its receiver refused it with a reset",
    true,
  ]);
  assert.deepEqual(told([CONNECT, SYN, reset(SYN.seq + 2), held]), ["left on the wire", false]);
});

test("in a free scene everything arrives and nothing is told", () => {
  assert.deepEqual(told([CONNECT, SYN], "free"), ["", true]);
});

test("a repeat names what it repeats, a forged segment its forger", () => {
  const scene = sceneOf([CONNECT, SYN]);
  assert.equal(formatOrigin(segment({ id: "e5", frame: 3, flags: ["SYN"], repeats: "e2" }), scene), "repeats frame 1");
  assert.equal(
    formatOrigin(segment({ id: "e5", frame: 3, flags: ["RST"], origin: "forged" }), scene),
    "forged by the lab",
  );
  assert.equal(formatOrigin(SYN, scene), "");
});

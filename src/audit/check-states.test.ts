import assert from "node:assert/strict";
import { test } from "node:test";
import type { SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { checkStates } from "./check-states.ts";

const AT = "1700000000.000000000";
const SCENE = { scene: "scene", at: AT } as const;
const CLIENT = { address: "127.0.0.1", port: 20_000 } as const;
const SERVER = { address: "127.0.0.1", port: 8000 } as const;

const FIN: SegmentLine = {
  ...SCENE,
  type: "segment",
  id: "e2",
  frame: 1,
  origin: "kernel",
  end: "client",
  from: CLIENT,
  to: SERVER,
  flags: ["FIN", "ACK"],
  seq: 100,
  ack: 200,
  length: 0,
  window: 64,
  urgentPointer: 0,
  options: [],
  header: "",
};
const IN_TIME_WAIT: Sighting = {
  ...SCENE,
  type: "sighting",
  id: "e3",
  after: "e1",
  witness: "procfs",
  source: "proc",
  end: "client",
  states: ["TIME_WAIT"],
  raw: "",
};

const sceneOf = (...played: readonly TimelineLine[]): readonly TimelineLine[] => [
  {
    ...SCENE,
    type: "note",
    id: "e1",
    topic: "scene",
    text: "",
    data: { mode: "free", client: CLIENT, server: SERVER },
  },
  ...played,
  { ...SCENE, type: "note", id: "e4", topic: "tape", text: "", data: { complete: true } },
];

test("nobody is in TIME_WAIT before the other end has sent a FIN", () => {
  assert.deepEqual(checkStates(sceneOf(FIN, IN_TIME_WAIT)), [
    { check: "states", text: "e3: procfs saw the client in TIME_WAIT before the server had sent any FIN" },
  ]);
  assert.deepEqual(checkStates(sceneOf(FIN, { ...FIN, end: "server", from: SERVER, to: CLIENT }, IN_TIME_WAIT)), []);
});

test("a socket that is connected to its own port is its own peer", () => {
  assert.deepEqual(checkStates(sceneOf({ ...FIN, to: CLIENT }, IN_TIME_WAIT)), []);
  assert.equal(checkStates(sceneOf({ ...FIN, flags: ["ACK"], to: CLIENT }, IN_TIME_WAIT)).length, 1);
});

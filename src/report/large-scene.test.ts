import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../evidence/timeline.ts";
import { action, sceneOf, segment, sighting } from "../testing/scene-of-lines.ts";
import { sequenceDiagram } from "./markdown/mermaid.ts";
import { packetTable } from "./view/packet-table.ts";
import { stateTable } from "./view/state-table.ts";
import { story } from "./view/story.ts";

const MANY = 400;
const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** One step after which so many segments go over the wire. */
const BURST: readonly TimelineLine[] = [
  action({ id: "e1", step: "client open and abort" }),
  ...Array.from({ length: MANY }, (_, index) => segment({ id: `e${index + 2}`, frame: index + 1, flags: ["SYN"] })),
];

/** So many steps, after each of which both ends were looked at. */
const STEPS: readonly TimelineLine[] = Array.from({ length: MANY }, (_, index) => [
  action({ id: `e${2 * index + 1}`, step: `step ${index + 1}` }),
  sighting({ id: `e${2 * index + 2}`, after: `e${2 * index + 1}`, end: "client", states: ["ESTABLISHED"] }),
]).flat();

test("a packet table of hundreds of segments is shortened, and says so", () => {
  const drawn = packetTable(sceneOf(BURST, "free"));
  assert.equal(count(drawn, /\| SYN \|/g), 60);
  assert.match(drawn, /^\| 1 \|/m);
  assert.match(drawn, /^\| 400 \|/m);
  assert.match(drawn, /Of 400 segments the first 45 and the last 15 are shown/);
});

test("a diagram of hundreds of arrows is shortened, and says so", () => {
  const drawn = sequenceDiagram(sceneOf(BURST, "free"));
  assert.equal(count(drawn, /client->>server/g), 80);
  assert.match(drawn, /Note over client,server: …/);
  assert.match(drawn, /Of 400 lines of the diagram/);
});

test("a story names some of what a step sent, and counts the rest", () => {
  assert.match(story(sceneOf(BURST, "free")), /\(frame 8\), and 392 more\./);
});

test("a story and a state table of hundreds of steps are shortened, and say so", () => {
  assert.match(story(sceneOf(STEPS)), /Of 400 steps the first 45 and the last 15 are shown/);
  const states = stateTable(sceneOf(STEPS));
  assert.match(states, /Of 400 steps the first 30 and the last 10 are shown/);
  assert.equal(count(states, /procfs/g), 40);
});

test("a scene without segments, steps or looks says so in every part", () => {
  const empty = sceneOf([]);
  assert.equal(packetTable(empty), "No segment is on the tape of this scene.");
  assert.equal(story(empty), "Nothing was done in this scene.");
  assert.equal(stateTable(empty), "No witness looked at the ends in this scene.");
  assert.equal(sequenceDiagram(empty), "");
});

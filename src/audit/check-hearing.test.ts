import assert from "node:assert/strict";
import { test } from "node:test";
import type { Note, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { checkHearing } from "./check-hearing.ts";

const AT = "1700000000.000000000";

const run = (ports?: readonly (readonly [number, number])[]): Note => ({
  type: "note",
  id: "e1",
  at: AT,
  topic: "run",
  text: "",
  data: {
    id: "run",
    lab: "lab",
    startedAt: "2026-11-28T00:00:00.000Z",
    tool: "",
    kernel: "",
    capabilities: [],
    missing: {},
    ...(ports !== undefined && { tracepoint: { ports } }),
  },
});

const scene = (client: number, server: number): Note => ({
  type: "note",
  id: "e2",
  at: AT,
  scene: "scene",
  topic: "scene",
  text: "",
  data: { mode: "free", client: { port: client }, server: { port: server } },
});

const silence = (end: "client" | "server", witness: Sighting["witness"] = "tracepoint"): Sighting => ({
  type: "sighting",
  id: "e3",
  at: AT,
  scene: "scene",
  after: "e2",
  witness,
  source: "tracepoint",
  end,
  states: ["CLOSED"],
  raw: "",
});

const HEARD = [
  [21_000, 21_999],
  [9000, 9999],
] as const;
const complaints = (...lines: readonly TimelineLine[]) => checkHearing(lines).map(({ text }) => text);

test("silence about an end that could be heard is believed", () => {
  assert.deepEqual(complaints(run(HEARD), scene(21_000, 9000), silence("client"), silence("server")), []);
});

test("silence about an end outside the ports that were heard is complained of, end by end", () => {
  const lines = [run(HEARD), scene(40_111, 9000), silence("client"), silence("server")];
  assert.deepEqual(complaints(...lines), ["e3: the tracepoint speaks of port 40111, of which it could hear nothing"]);
});

test("other witnesses are not asked about ports, nor is a run that does not say what was heard", () => {
  assert.deepEqual(complaints(run(HEARD), scene(40_111, 39_111), silence("client", "ss")), []);
  assert.deepEqual(complaints(run(), scene(40_111, 39_111), silence("client")), []);
});

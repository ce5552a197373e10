import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { isNoteOf } from "../evidence/notes.ts";
import { Recorder, SceneRecorder } from "../evidence/recorder.ts";
import { now } from "../kernel/clock.ts";
import type { Tape } from "../wire/tape.ts";
import { SceneWorld } from "../wire/world.ts";
import { SceneTape } from "./scene-tape.ts";

const address = "127.0.0.1";
const ENDPOINTS = { client: { address, port: 20_000 }, server: { address, port: 8000 } } as const;
/** It has room, and hears nothing. */
const DEAF = { read: () => [], drops: 0 } as unknown as Tape;

test("a tape without what the kernel counts as sent is not complete, though it dropped nothing", async (t) => {
  using host = new SceneWorld(undefined, undefined);
  const world = { isPrivate: true, tape: DEAF, segmentCounts: () => host.segmentCounts() };
  const lines = new Recorder();
  const recorder = new SceneRecorder(lines, "scene", now);
  const tape = new SceneTape({ endpoints: ENDPOINTS, world, recorder });
  const server = createServer((socket) => socket.end()).listen(0, address);
  t.after(() => server.close());
  await once(server, "listening");
  await once(connect((server.address() as AddressInfo).port, address).resume(), "close");
  tape.noteAccount();
  const [note] = lines.lines;
  assert.ok(note !== undefined && isNoteOf(note, "tape"));
  const { data } = note;
  assert.equal(data?.frames, 0);
  assert.equal(data?.drops, 0);
  assert.ok(Number(data?.kernelSent) >= 5, `${data?.kernelSent} segments`);
  assert.equal(data?.complete, false);
});

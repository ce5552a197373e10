import assert from "node:assert/strict";
import { test } from "node:test";
import type { End } from "../tcp/end.ts";
import type { Flag } from "../tcp/flags.ts";
import { CountedFrames } from "./counted-frames.ts";

const CLIENT = { address: "127.0.0.1", port: 20_000 };
const SERVER = { address: "127.0.0.1", port: 8000 };

interface More {
  readonly repeats?: string;
  readonly length?: number;
  readonly gsoSize?: number;
}
type Sent = readonly [end: End, flags: readonly Flag[], more?: More];

function counted(sent: readonly Sent[]) {
  const frames = new CountedFrames();
  for (const [end, flags, more] of sent) {
    const [from, to] = end === "client" ? [CLIENT, SERVER] : [SERVER, CLIENT];
    frames.take({ from, to, flags, length: 0, ...more });
  }
  return [frames.frames, frames.asCounted];
}

const REPEATS: More = { repeats: "e1" };
const SYN: Sent = ["client", ["SYN"]];
const SYN_ACK: Sent = ["server", ["SYN", "ACK"]];

test("the kernel counts what it sends one for one, repeats as well", () => {
  assert.deepEqual(counted([SYN, SYN_ACK, ["client", ["ACK"]], ["client", ["FIN", "ACK"]]]), [4, 4]);
  assert.deepEqual(counted([SYN, ["client", ["SYN"], REPEATS], ["client", ["FIN", "ACK"], REPEATS]]), [3, 3]);
});

test("it counts a listener's repeated SYN ACK twice", () => {
  assert.deepEqual(counted([SYN, SYN_ACK, ["server", ["SYN", "ACK"], REPEATS]]), [3, 4]);
});

test("it does not count the SYN ACK that answers a crossing SYN, and counts its repeats once", () => {
  const crossing: readonly Sent[] = [SYN, ["server", ["SYN"]], ["client", ["SYN", "ACK"]], SYN_ACK];
  assert.deepEqual(counted(crossing), [4, 2]);
  assert.deepEqual(counted([...crossing, ["server", ["SYN", "ACK"], REPEATS]]), [5, 3]);
});

test("it counts a frame of several segments as so many, sent first or again, and a begun one as one more", () => {
  const data = (more: More): Sent => ["server", ["PSH", "ACK"], more];
  assert.deepEqual(counted([data({ length: 62_491, gsoSize: 47_616 })]), [1, 2]);
  assert.deepEqual(counted([data({ length: 62_491, gsoSize: 47_616, repeats: "e1" })]), [1, 2]);
  assert.deepEqual(counted([data({ length: 65_536, gsoSize: 32_768 })]), [1, 2]);
  assert.deepEqual(counted([data({ length: 65_537, gsoSize: 32_768 })]), [1, 3]);
  assert.deepEqual(counted([data({ length: 65_483 })]), [1, 1]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { End } from "../tcp/end.ts";
import type { Flag } from "../tcp/flags.ts";
import type { Segment } from "../tcp/segment.ts";
import { sequence } from "../tcp/sequence.ts";
import { CountedFrames } from "./counted-frames.ts";

const PORTS = { client: 20_000, server: 8000 } as const;

function segment(end: End, flags: readonly Flag[]): Segment {
  const at = (port: number) => ({ address: "127.0.0.1", port });
  const [from, to] = end === "client" ? [at(PORTS.client), at(PORTS.server)] : [at(PORTS.server), at(PORTS.client)];
  const numbers = { seq: sequence(0), ack: sequence(0), window: 0, urgentPointer: 0 };
  return { family: "ipv4", from, to, flags, ...numbers, options: [], payload: new Uint8Array() };
}

type Sent = readonly [end: End, flags: readonly Flag[], repeats?: "repeats"];

function counted(sent: readonly Sent[]) {
  const frames = new CountedFrames();
  for (const [end, flags, repeats] of sent)
    frames.take({ end, segment: segment(end, flags), ...(repeats && { repeats }) });
  return [frames.frames, frames.asCounted];
}

const SYN: Sent = ["client", ["SYN"]];
const SYN_ACK: Sent = ["server", ["SYN", "ACK"]];

test("the kernel counts what it sends one for one, repeats as well", () => {
  assert.deepEqual(counted([SYN, SYN_ACK, ["client", ["ACK"]], ["client", ["FIN", "ACK"]]]), [4, 4]);
  assert.deepEqual(counted([SYN, ["client", ["SYN"], "repeats"], ["client", ["FIN", "ACK"], "repeats"]]), [3, 3]);
});

test("it counts a listener's repeated SYN ACK twice", () => {
  assert.deepEqual(counted([SYN, SYN_ACK, ["server", ["SYN", "ACK"], "repeats"]]), [3, 4]);
});

test("it does not count the SYN ACK that answers a crossing SYN, and counts its repeats once", () => {
  const crossing: readonly Sent[] = [SYN, ["server", ["SYN"]], ["client", ["SYN", "ACK"]], SYN_ACK];
  assert.deepEqual(counted(crossing), [4, 2]);
  assert.deepEqual(counted([...crossing, ["server", ["SYN", "ACK"], "repeats"]]), [5, 3]);
});

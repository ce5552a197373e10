import assert from "node:assert/strict";
import { test } from "node:test";
import { type End, otherEnd } from "../tcp/end.ts";
import type { Flag } from "../tcp/flags.ts";
import { sequence } from "../tcp/sequence.ts";
import { type NextSegment, SequenceTracker } from "./sequence-tracker.ts";
import type { HeldSegment } from "./step-runner.ts";
import { ACKNOWLEDGED_MS } from "./wait.ts";

const ENDPOINTS = {
  client: { address: "127.0.0.1", port: 20_000 },
  server: { address: "127.0.0.1", port: 8000 },
} as const;
const LENGTH = 10;

function held(end: End, seq: number, ack: number, length: number, repeats?: HeldSegment): HeldSegment {
  const segment = {
    family: "ipv4",
    from: ENDPOINTS[end],
    to: ENDPOINTS[otherEnd(end)],
    flags: ["ACK"] satisfies Flag[],
    seq: sequence(seq),
    ack: sequence(ack),
    window: 1000,
    urgentPointer: 0,
    options: [],
    payload: new Uint8Array(length),
  } as const;
  return { end, segment, packet: new Uint8Array(), ...(repeats !== undefined && { repeats }) };
}

const data = (seq: number, repeats?: HeldSegment) => held("server", seq, 100, LENGTH, repeats);
const acknowledgement = (ack: number) => held("client", 100, ack, 0);
const [FIRST, SECOND] = [data(200), data(210)];

/** The server has sent two segments, from 200 and from 210 on, and both were handed on; `later` milliseconds have passed. */
function afterTwoSegments(t: { mock: typeof import("node:test").mock }, later: number) {
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  const numbers = new SequenceTracker("ipv4", ENDPOINTS);
  numbers.begin({ client: 100, server: 200 });
  numbers.sent(acknowledgement(200));
  for (const segment of [FIRST, SECOND]) {
    numbers.sent(segment);
    numbers.delivered(segment);
  }
  now += later;
  return { numbers, pass: (milliseconds: number) => (now += milliseconds) };
}

test("what is not acknowledged when every acknowledgement would have come was dropped by its receiver", (t) => {
  assert.equal(afterTwoSegments(t, ACKNOWLEDGED_MS + 1).numbers.wasDropped(data(200, FIRST)), true);
  assert.equal(afterTwoSegments(t, ACKNOWLEDGED_MS).numbers.wasDropped(data(200, FIRST)), false);
});

test("what was acknowledged meanwhile was not, and what stands behind a gap may wait with its receiver", (t) => {
  const { numbers } = afterTwoSegments(t, ACKNOWLEDGED_MS + 1);
  assert.equal(numbers.wasDropped(data(210, SECOND)), false, "200 is awaited");
  numbers.sent(acknowledgement(210));
  assert.equal(numbers.wasDropped(data(200, FIRST)), false, "it was acknowledged");
  assert.equal(numbers.wasDropped(data(210, SECOND)), true);
});

test("what the lab never handed on was dropped by no receiver", (t) => {
  const { numbers } = afterTwoSegments(t, ACKNOWLEDGED_MS + 1);
  numbers.sent(acknowledgement(220));
  const third = data(220);
  numbers.sent(third);
  assert.equal(numbers.wasDropped(data(220, third)), false);
});

test("what was handed on again has its time to be acknowledged", (t) => {
  const { numbers, pass } = afterTwoSegments(t, ACKNOWLEDGED_MS + 1);
  numbers.delivered(data(200, FIRST));
  assert.equal(numbers.wasDropped(data(200, FIRST)), false);
  pass(ACKNOWLEDGED_MS + 1);
  assert.equal(numbers.wasDropped(data(200, FIRST)), true);
});

test("the next segment begins where what was handed on in order ends, and acknowledges all that was sent", (t) => {
  const { numbers } = afterTwoSegments(t, 0);
  const [gap, behind] = [data(220), data(230)];
  for (const segment of [gap, behind]) numbers.sent(segment);
  numbers.delivered(behind);
  assert.deepEqual(placeOf(numbers.nextFrom("server")), [220, 100]);
  numbers.delivered(gap);
  assert.deepEqual(placeOf(numbers.nextFrom("server")), [230, 100], "what came behind a gap may have been dropped");
  assert.deepEqual(placeOf(numbers.nextFrom("client")), [100, 240]);
});

test("what a reset borrowed from a false acknowledgement is acknowledged by no later segment", (t) => {
  const { numbers } = afterTwoSegments(t, 0);
  const { segment, ...rest } = held("server", 999, 0, 0);
  numbers.sent({ ...rest, segment: { ...segment, flags: ["RST"] } });
  assert.deepEqual(placeOf(numbers.nextFrom("client")), [100, 220]);
});

test("an end sends its newest timestamp and echoes its peer's; who never sent one is sent none", (t) => {
  const { numbers } = afterTwoSegments(t, 0);
  const { segment, ...rest } = data(220);
  numbers.sent({ ...rest, segment: { ...segment, options: [{ kind: "timestamps", value: 7, echo: 3 }] } });
  assert.deepEqual(numbers.nextFrom("server").timestamps, { value: 7, echo: 0 });
  assert.equal(numbers.nextFrom("client").timestamps, undefined);
});

const placeOf = ({ seq, ack }: NextSegment) => [seq, ack];

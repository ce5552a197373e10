import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type End, otherEnd } from "../tcp/end.ts";
import { sequence } from "../tcp/sequence.ts";
import { HeldWire } from "./held-wire.ts";
import type { HeldSegment, StepRunner } from "./step-runner.ts";
import { ACKNOWLEDGED_MS } from "./wait.ts";

const ENDPOINTS = {
  client: { address: "127.0.0.1", port: 20_000 },
  server: { address: "127.0.0.1", port: 8000 },
} as const;
const HAND: StepRunner = {
  runStep: () => assert.fail("no step is taken"),
  readTape: () => {},
  writeMade: () => assert.fail("nothing is made"),
};

/** Its packet holds its name alone. */
function held(end: End, name: string, length: number, repeats?: HeldSegment): HeldSegment {
  const segment = {
    family: "ipv4",
    from: ENDPOINTS[end],
    to: ENDPOINTS[otherEnd(end)],
    flags: ["ACK"],
    seq: sequence(end === "server" ? 200 : 100),
    ack: sequence(end === "server" ? 100 : 200),
    window: 1000,
    urgentPointer: 0,
    options: [],
    payload: new Uint8Array(length),
  } as const;
  return { end, segment, packet: Buffer.from(name), ...(repeats !== undefined && { repeats }) };
}

test("of the repeats of what its receiver has dropped, the newest goes first: an older timestamp may be refused", async () => {
  const sent: string[] = [];
  /** A segment that is sent is received at once. */
  const world = {
    send: (packet: Uint8Array) => void sent.push(Buffer.from(packet).toString()),
    segmentCounts: () => ({ sent: 0, received: sent.length }),
  };
  const wire = new HeldWire(HAND, world, "ipv4", ENDPOINTS);
  wire.begin({ client: 100, server: 200 });
  wire.take(held("client", "its acknowledgement", 0));
  const original = held("server", "original", 10);
  wire.take(original);
  await wire.deliverWhatIsHeld();
  for (const name of ["older copy", "newer copy"]) wire.take(held("server", name, 10, original));
  await sleep(ACKNOWLEDGED_MS + 10);
  await wire.deliverWhatIsHeld();
  assert.deepEqual(sent.slice(0, 3), ["its acknowledgement", "original", "newer copy"]);
});

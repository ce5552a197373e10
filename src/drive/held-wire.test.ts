import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type End, otherEnd } from "../tcp/end.ts";
import { sequence } from "../tcp/sequence.ts";
import type { Injector } from "../wire/injector.ts";
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

/** Its packet holds its id alone. */
function held(end: End, id: string, length: number, repeats?: string): HeldSegment {
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
  return { id, frame: 0, end, segment, packet: Buffer.from(id), ...(repeats !== undefined && { repeats }) };
}

test("of the repeats of what its receiver has dropped, the newest goes first: an older timestamp may be refused", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const sent: string[] = [];
  /** The kernel counts a segment that came in, as it would for what is handed on. */
  const send = (packet: Uint8Array) => {
    sent.push(Buffer.from(packet).toString());
    connect(port, "127.0.0.1").on("error", () => {});
  };
  const wire = new HeldWire(HAND, () => ({ send }) as unknown as Injector, "ipv4", ENDPOINTS);
  wire.begin({ client: 100, server: 200 });
  wire.take(held("client", "its acknowledgement", 0));
  wire.take(held("server", "original", 10));
  await wire.deliverWhatIsHeld();
  for (const id of ["older copy", "newer copy"]) wire.take(held("server", id, 10, "original"));
  await sleep(ACKNOWLEDGED_MS + 10);
  await wire.deliverWhatIsHeld();
  server.close();
  assert.deepEqual(sent.slice(0, 3), ["its acknowledgement", "original", "newer copy"]);
});

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { HOST } from "../kernel/network-namespace.ts";
import { readProcFile } from "../kernel/proc-file.ts";
import { Beacon } from "./beacon.ts";

const BESIDE = [{ local: { address: "127.0.0.1", port: 8000 } }];
/** The ports of this namespace's listeners. */
const listening = () =>
  [...readProcFile("/proc/net/tcp").matchAll(/: 0100007F:([0-9A-F]{4}) \S+ 0A /g)].map(([, port = ""]) =>
    Number.parseInt(port, 16),
  );

test("it listens until it is disposed, beside whoever has its port already", async () => {
  const holder = createServer();
  const before = new Beacon(HOST, BESIDE);
  const { port } = before.endpoint;
  before[Symbol.dispose]();
  await new Promise<void>((resolve) => holder.listen(port, "127.0.0.1", resolve));
  try {
    using beacon = new Beacon(HOST, BESIDE);
    assert.notEqual(beacon.endpoint.port, port);
    assert.ok(listening().includes(beacon.endpoint.port));
  } finally {
    await new Promise((resolve) => holder.close(resolve));
  }
  assert.ok(!listening().includes(port));
});

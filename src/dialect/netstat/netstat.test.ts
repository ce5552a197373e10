import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../listing-entry.ts";
import { parseNetstat } from "./netstat.ts";

const read = (text: string) => readListing(parseNetstat, Buffer.from(text));

test("a queue that is more than a number can hold is unreadable, and never a default", () => {
  const [entry] = read("tcp 0 99999999999999999 127.0.0.1:1 127.0.0.1:2 ESTABLISHED\n");
  assert.ok(entry?.kind === "unreadable");
  assert.match(entry.reason, /no row of two queues and two addresses/);
});

test("net-tools 1.60 leaves no blank behind a state that fills its column", () => {
  const [entry] = read("tcp 0 0 127.0.0.1:1 127.0.0.1:2 ESTABLISHEDkeepalive (6904.65/0/2)\n");
  assert.ok(entry?.kind === "socket");
  assert.equal(entry.socket.state, "ESTABLISHED");
  assert.deepEqual(entry.socket.timer, {
    kind: "keepalive",
    milliseconds: 6_904_650,
    precisionMilliseconds: 10,
    retransmissions: 2,
  });
});

test("the port behind a dot is the BSDs' spelling, whatever stands in front of the protocol", () => {
  const entries = read("tcp4  0 0 127.0.0.1.22 *.* LISTEN\n" + "f0000000a1b2c3d4 tcp4 0 0 127.0.0.1.22 *.* LISTEN\n");
  for (const entry of entries) {
    assert.ok(entry.kind === "socket");
    assert.deepEqual(
      [entry.socket.local, entry.socket.remote],
      [
        { address: "127.0.0.1", port: 22 },
        { address: "*", port: 0 },
      ],
    );
  }
});

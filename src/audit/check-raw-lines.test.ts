import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sighting } from "../evidence/timeline.ts";
import { checkRawLines } from "./check-raw-lines.ts";

const LISTENS =
  "node-1 [000] ..... 1.0: inet_sock_set_state: family=AF_INET protocol=IPPROTO_TCP sport=8000 dport=0 saddr=127.0.0.1 daddr=0.0.0.0 saddrv6=::ffff:127.0.0.1 daddrv6=::ffff:0.0.0.0 oldstate=TCP_CLOSE newstate=TCP_LISTEN";

const byTracepoint = (said: Partial<Sighting>): Sighting => ({
  type: "sighting",
  id: "e2",
  at: "1700000000.000000000",
  scene: "scene",
  after: "e1",
  witness: "tracepoint",
  source: "tracepoint",
  end: "server",
  raw: LISTENS,
  ...said,
});

const complaintsOn = (said: Partial<Sighting>): number => checkRawLines([byTracepoint(said)]).length;

test("of an end that listens the event leaves open whether a request is half-open", () => {
  assert.equal(complaintsOn({ states: ["LISTEN", "SYN_RCVD"] }), 0);
  assert.equal(complaintsOn({ states: ["LISTEN"] }), 1);
});

test("of a listener by itself it leaves nothing open", () => {
  assert.equal(complaintsOn({ socket: "listener", states: ["LISTEN"] }), 0);
  assert.equal(complaintsOn({ socket: "listener", states: ["LISTEN", "SYN_RCVD"] }), 1);
  assert.equal(complaintsOn({ socket: "listener", states: ["CLOSED"] }), 1);
});

test("an event of another port is no sighting of the end", () => {
  const scene = {
    type: "note",
    id: "e0",
    at: "1700000000.000000000",
    scene: "scene",
    topic: "scene",
    text: "",
    data: { mode: "stepped", client: { port: 20_000 }, server: { port: 8001 } },
  } as const;
  const [complaint] = checkRawLines([scene, byTracepoint({ states: ["LISTEN", "SYN_RCVD"] })]);
  assert.equal(complaint?.text, "e2, tracepoint: its raw line is about another socket than the server's");
});

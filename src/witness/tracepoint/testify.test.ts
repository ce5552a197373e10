import assert from "node:assert/strict";
import { test } from "node:test";
import { readTransition, type Transition } from "../../dialect/trace/trace-event.ts";
import type { Subject } from "../witness.ts";
import { hears, testify } from "./testify.ts";

function event(remotePort: number, from: string, to: string, address = "127.0.0.1"): Transition {
  const line = `node-1 [000] ..s2. 1.0: inet_sock_set_state: family=AF_INET protocol=IPPROTO_TCP sport=8000 dport=${remotePort} saddr=${address} daddr=127.0.0.1 saddrv6=::ffff:${address} daddrv6=::ffff:127.0.0.1 oldstate=${from} newstate=${to}`;
  const transition = readTransition(line);
  assert.ok(transition !== undefined);
  return transition;
}

const SERVER: Subject = {
  end: "server",
  local: { address: "127.0.0.1", port: 8000 },
  remote: { address: "127.0.0.1", port: 20_000 },
  listens: true,
};
const LISTENS = event(0, "TCP_CLOSE", "TCP_LISTEN");
const OPENED = event(20_000, "TCP_SYN_RECV", "TCP_ESTABLISHED");
const RESET = event(20_000, "TCP_ESTABLISHED", "TCP_CLOSE");

test("it hears of the local ports of its block, and of none that leads where thousands may", () => {
  const hearing = { ports: [[20_000, 20_999] as const, [8000, 8999] as const], notTo: 1000 };
  const hearsOf = (port: number, remotePort = 1) =>
    hears(hearing, { local: { ...SERVER.local, port }, remote: { ...SERVER.remote, port: remotePort } });
  assert.deepEqual(
    [7999, 8000, 8999, 9000, 20_999, 39_111].map((port) => hearsOf(port)),
    [false, true, true, false, true, false],
  );
  assert.equal(hearsOf(8000, 1000), false);
});

test("before anything is told an end is CLOSED", () => {
  assert.deepEqual(testify(SERVER, []).states, ["CLOSED"]);
});

test("a listener may have a half-open request, of which nothing is told", () => {
  assert.deepEqual(testify(SERVER, [LISTENS]).states, ["LISTEN", "SYN_RCVD"]);
});

test("the last word is the connection's, and what is told of other connections is passed over", () => {
  const other = event(20_001, "TCP_SYN_RECV", "TCP_ESTABLISHED");
  assert.deepEqual(testify(SERVER, [LISTENS, OPENED, RESET, other]).states, ["CLOSED", "LISTEN", "SYN_RCVD"]);
  assert.deepEqual(testify(SERVER, [LISTENS, OPENED]).states, ["ESTABLISHED"]);
});

test("the listener by itself is in LISTEN until it is closed", () => {
  const listener = { ...SERVER, socket: "listener" } as const;
  assert.deepEqual(testify(listener, [LISTENS, OPENED, RESET]).states, ["LISTEN"]);
  assert.deepEqual(testify(listener, [LISTENS, event(0, "TCP_LISTEN", "TCP_CLOSE")]).states, ["CLOSED"]);
});

test("an accepted connection that closed leaves no listener in its stead", () => {
  assert.deepEqual(testify({ ...SERVER, listens: false }, [LISTENS, OPENED, RESET]).states, ["CLOSED"]);
});

test("a socket with the same port and another address is another's, of another namespace maybe", () => {
  const others = event(0, "TCP_CLOSE", "TCP_LISTEN", "0.0.0.0");
  assert.deepEqual(testify(SERVER, [others]).states, ["CLOSED"]);
  assert.deepEqual(testify(SERVER, [LISTENS, OPENED, event(0, "TCP_LISTEN", "TCP_CLOSE", "0.0.0.0")]).states, [
    "ESTABLISHED",
  ]);
});

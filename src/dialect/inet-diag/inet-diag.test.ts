import assert from "node:assert/strict";
import { test } from "node:test";
import { readInetDiag, recordAt, walkDatagram } from "./inet-diag.ts";

/** As Linux 6.18 answered: 127.0.0.1:20000 to 127.0.0.1:8000 in TIME_WAIT. */
const TIME_WAIT =
  "020603004e201f407f000001000000000000000000000000" +
  "7f0000010000000000000000000000000000000001000000000000005ce30000" +
  "00000000000000000000000000000000";

test("a TIME_WAIT is read with its countdown in milliseconds, and belongs to nobody", () => {
  assert.deepEqual(readInetDiag(TIME_WAIT), {
    protocol: "tcp",
    family: "ipv4",
    state: "TIME_WAIT",
    local: { address: "127.0.0.1", port: 20_000 },
    remote: { address: "127.0.0.1", port: 8000 },
    receiveQueue: 0,
    sendQueue: 0,
    timer: { kind: "time-wait", milliseconds: 58_204, retransmissions: 0 },
    uid: 0,
    inode: 0,
    cookie: "1",
  });
});

test("IPv6, queues, uid and inode are read", () => {
  const bytes = Buffer.from(TIME_WAIT, "hex");
  bytes[0] = 10;
  bytes[1] = 1;
  bytes[2] = 0;
  bytes.fill(0, 8, 40);
  bytes[23] = 1;
  bytes.writeUInt32LE(7, 56);
  bytes.writeUInt32LE(8, 60);
  bytes.writeUInt32LE(1000, 64);
  bytes.writeUInt32LE(4711, 68);
  const read = readInetDiag(bytes.toString("hex"));
  assert.equal(read.local.address, "::1");
  assert.equal(read.remote.address, "*");
  assert.deepEqual(
    [read.state, read.timer, read.receiveQueue, read.sendQueue, read.uid, read.inode],
    ["ESTABLISHED", null, 7, 8, 1000, 4711],
  );
});

test("the interface that a socket is bound to is called what it is called on that machine, else by its number", () => {
  const bytes = Buffer.from(TIME_WAIT, "hex");
  bytes.writeUInt32LE(7, 40);
  const { local, remote } = recordAt(new DataView(bytes.buffer, bytes.byteOffset), 0, (index) => `eth${index}`);
  assert.deepEqual(local, { address: "127.0.0.1", port: 20_000, zone: "eth7" });
  assert.equal(remote.zone, undefined);
  assert.equal(readInetDiag(bytes.toString("hex")).local.zone, "if7");
});

test("a cookie of 64 bits is told to its last digit", () => {
  const bytes = Buffer.from(TIME_WAIT, "hex");
  bytes.writeUInt32LE(0x0203_0405, 44);
  bytes.writeUInt32LE(0xfedc_ba98, 48);
  assert.equal(readInetDiag(bytes.toString("hex")).cookie, "fedcba9802030405");
});

test("an unknown state or family, or a message cut short, is an error and never a default", () => {
  assert.throws(() => readInetDiag(TIME_WAIT.replace(/^0206/, "0263")), /no such state 99/);
  assert.throws(() => readInetDiag(TIME_WAIT.replace(/^02/, "01")), /no such family 1/);
  assert.throws(() => readInetDiag(TIME_WAIT.slice(2)), /71 octets, not 72/);
});

/** struct nlmsghdr and what follows it. */
function message(type: number, flags: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(16 + body.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint16(4, type, true);
  view.setUint16(6, flags, true);
  bytes.set(body, 16);
  return bytes;
}

function walk(...messages: readonly Uint8Array[]) {
  const bytes = Buffer.concat(messages);
  const places: number[] = [];
  const progress = walkDatagram(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes.length, (place) =>
    places.push(place),
  );
  return { ...progress, places };
}

const SOCKET = message(20, 2, Buffer.from(TIME_WAIT, "hex"));
const DONE = message(3, 2, new Uint8Array(4));

test("a datagram's sockets are visited until the message that ends the dump", () => {
  assert.deepEqual(walk(SOCKET, SOCKET), { ended: false, interrupted: false, places: [16, 104] });
  assert.deepEqual(walk(SOCKET, DONE, SOCKET), { ended: true, interrupted: false, places: [16] });
});

test("an interrupted dump says so on any of its messages", () => {
  const disturbed = message(20, 2 | 0x10, Buffer.from(TIME_WAIT, "hex"));
  assert.equal(walk(SOCKET, disturbed).interrupted, true);
  assert.equal(walk(message(3, 0x10, new Uint8Array(4))).interrupted, true);
  assert.equal(walk(message(4, 0, new Uint8Array(0))).interrupted, true, "an overrun is one as well");
});

test("the kernel's refusal is an errno, whether as an error message or at a dump's end", () => {
  const refusal = new Uint8Array(Int32Array.of(-2).buffer);
  assert.deepEqual(walk(message(2, 0, refusal)), { ended: true, interrupted: false, error: 2, places: [] });
  assert.deepEqual(walk(SOCKET, message(3, 2, refusal)), { ended: true, interrupted: false, error: 2, places: [16] });
});

test("a message that does not fit its datagram is refused", () => {
  assert.throws(() => walk(SOCKET.subarray(0, 40)), /a message of 88 octets at 0 of 40/);
  assert.throws(() => walk(message(20, 0, new Uint8Array(10))), /too short/);
  assert.throws(() => walk(new Uint8Array(16)), /a message of 0 octets/);
});

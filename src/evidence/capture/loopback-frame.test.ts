import assert from "node:assert/strict";
import { test } from "node:test";
import { frameOf, packetOf } from "./loopback-frame.ts";

const IPV4 = Uint8Array.of(0x45, 1, 2, 3);
const IPV6 = Uint8Array.of(0x60, 1, 2, 3);

test("a frame on lo begins with two addresses of zeros and the packet's kind", () => {
  assert.equal(Buffer.from(frameOf(IPV4)).toString("hex"), "000000000000000000000000080045010203");
  assert.equal(Buffer.from(frameOf(IPV6)).toString("hex"), "00000000000000000000000086dd60010203");
});

test("the packet is taken out of the frame as it was put in", () => {
  assert.deepEqual(packetOf(frameOf(IPV4)), IPV4);
  assert.deepEqual(packetOf(frameOf(IPV6)), IPV6);
});

test("what is no IP packet is put into no frame", () => {
  assert.throws(() => frameOf(Uint8Array.of(0x10)), RangeError);
  assert.throws(() => frameOf(new Uint8Array()), RangeError);
});

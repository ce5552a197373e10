import assert from "node:assert/strict";
import { test } from "node:test";
import { ipv4Checksum, tcpChecksum } from "./checksum.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));

test("the example of RFC 1071 §3 sums up to ddf2, so its checksum is 220d", () => {
  assert.equal(ipv4Checksum(bytes("0001f203f4f5f6f7")), 0x220d);
});

test("an odd octet at the end counts as if a zero followed", () => {
  assert.equal(ipv4Checksum(bytes("0001f2")), ipv4Checksum(bytes("0001f200")));
});

test("carries of a sum over 64 KiB are folded until none is left", () => {
  // 32768 words of ffff: one's complement of minus zero.
  assert.equal(ipv4Checksum(new Uint8Array(65_536).fill(0xff)), 0);
});

test("the pseudo-header counts the protocol and the segment's length", () => {
  // No address, 20 octets of zero: 0006 + 0014 = 001a.
  assert.equal(tcpChecksum(new Uint8Array(8), new Uint8Array(20)), 0xffe5);
});

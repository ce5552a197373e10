import assert from "node:assert/strict";
import { isIP } from "node:net";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { decodeAddress, encodeAddress } from "./ip-address.ts";

/** The examples of RFC 5952 §4 and the two loopback addresses. */
const CANONICAL = {
  "127.0.0.1": "7f000001",
  "::1": "00000000000000000000000000000001",
  "::": "00000000000000000000000000000000",
  "2001:db8::1": "20010db8000000000000000000000001",
  "2001:db8::2:1": "20010db8000000000000000000020001",
  "2001:db8:0:1:1:1:1:1": "20010db8000000010001000100010001",
  "2001:0:0:1::1": "20010000000000010000000000000001",
  "2001:db8::1:0:0:1": "20010db8000000000001000000000001",
  "1::": "00010000000000000000000000000000",
  "::ffff:192.0.2.128": "00000000000000000000ffffc0000280",
} as const;

for (const [text, octets] of Object.entries(CANONICAL))
  test(`${text} is read and written`, () => {
    assert.equal(Buffer.from(encodeAddress(text)).toString("hex"), octets);
    assert.equal(decodeAddress(Buffer.from(octets, "hex")), text);
  });

test("every address is read back from its text, and the text is one that Node takes for an address", (t) => {
  const octet = fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(255) });
  const address = fc.constantFrom(4, 16).chain((length) => fc.array(octet, { minLength: length, maxLength: length }));
  holdsForAll(
    t,
    fc.property(address, (octets) => {
      const text = decodeAddress(Uint8Array.from(octets));
      assert.equal(isIP(text), octets.length === 4 ? 4 : 6);
      assert.deepEqual([...encodeAddress(text)], octets);
    }),
  );
});

for (const text of [
  "",
  "localhost",
  "127.0.0",
  "127.0.0.256",
  "1.2.3.4.5",
  "127.0..1",
  "0x7f.0.0.1",
  "1::2::3",
  "::g",
  "::12345",
  "1:2:3:4:5:6:7:8:9",
  "1:2:3",
])
  test(`"${text}" is refused as no address`, () => {
    assert.throws(() => encodeAddress(text), RangeError);
  });

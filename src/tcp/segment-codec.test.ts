import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arbitrarySegment } from "../testing/arbitrary-segment.ts";
import { holdsForAll } from "../testing/holds-for-all.ts";
import type { Segment } from "./segment.ts";
import { completeChecksum, decodeSegment, encodeSegment, headerLength, SegmentError } from "./segment-codec.ts";
import { sequence } from "./sequence.ts";

/*
 * Worked out by hand (RFC 1071: 16-bit words, carries folded in, complement).
 * IP header: 4500+0028+4006+7f00+0001+7f00+0001 = 18330 → 8331 → complement 7cce.
 * TCP: pseudo-header 7f00+0001+7f00+0001+0006+0014 = fe1c; then 4e20+1f40+0012+d687+5002+ffff: in all 39216 → 9219
 * → complement 6de6.
 */
const SYN_IPV4 =
  "45000028000000004006" + "7cce" + "7f0000017f000001" + "4e201f400012d687000000005002ffff" + "6de6" + "0000";
/* ::1 to ::1: 0001+0001+0014+0006 = 1c; then the same words: 1c+4e20+1f40+0012+d687+5002+ffff = 29416 → 9418 → 6be7. */
const SYN_IPV6 = `6000000000140640${"0".repeat(31)}1${"0".repeat(31)}1${"4e201f400012d687000000005002ffff"}6be70000`;

const SYN: Segment = {
  family: "ipv4",
  from: { address: "127.0.0.1", port: 20_000 },
  to: { address: "127.0.0.1", port: 8000 },
  seq: sequence(1_234_567),
  ack: sequence(0),
  flags: ["SYN"],
  window: 65_535,
  urgentPointer: 0,
  options: [],
  payload: new Uint8Array(),
};
const SYN_6: Segment = {
  ...SYN,
  family: "ipv6",
  from: { address: "::1", port: 20_000 },
  to: { address: "::1", port: 8000 },
};

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const patched = (packet: Uint8Array, at: number, value: number) => packet.with(at, value);

test("a SYN over IPv4 is encoded as worked out by hand", () => {
  assert.equal(hex(encodeSegment(SYN)), SYN_IPV4);
});

test("a SYN over IPv6 is encoded as worked out by hand", () => {
  assert.equal(hex(encodeSegment(SYN_6)), SYN_IPV6);
});

test("the packets worked out by hand are decoded into the segments they were made of", () => {
  assert.deepEqual(decodeSegment(bytes(SYN_IPV4)), SYN);
  assert.deepEqual(decodeSegment(bytes(SYN_IPV6)), SYN_6);
});

test("the SYN of a Linux client is decoded with its five options", () => {
  const packet = `4500003c1c4640004006000${"07f0000017f000001"}4e201f400012d687${"00000000"}a002ffd7fe300000${"0204ffd70402080a0000000100000000"}01030307`;
  const segment = decodeSegment(bytes(packet));
  assert.deepEqual(segment.options, [
    { kind: "mss", octets: 65_495 },
    { kind: "sack-permitted" },
    { kind: "timestamps", value: 1, echo: 0 },
    { kind: "nop" },
    { kind: "window-scale", shift: 7 },
  ]);
  assert.equal(headerLength(bytes(packet)), 60);
});

test("what is encoded is decoded into the same segment", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySegment, (segment) => {
      assert.deepEqual(withoutPadding(decodeSegment(encodeSegment(segment))), segment);
    }),
    300,
  );
});

/** Options that end within a 32-bit word are followed by an end-of-options mark. */
const withoutPadding = (segment: Segment): Segment => ({
  ...segment,
  options: segment.options.filter(({ kind }) => kind !== "end"),
});

test("a completed checksum sums up to zero with the pseudo-header, whatever stood there before", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySegment, fc.integer({ min: 0, max: 0xffff }), (segment, partial) => {
      const packet = encodeSegment(segment);
      const start = segment.family === "ipv4" ? 20 : 40;
      const damaged = packet.slice();
      new DataView(damaged.buffer).setUint16(start + 16, partial);
      const completed = completeChecksum(damaged);
      const header = completed.subarray(segment.family === "ipv4" ? 12 : 8, start);
      const length = completed.length - start;
      assert.equal(foldedSum([...header, 0, 6, length >> 8, length & 0xff, ...completed.subarray(start)]), 0xffff);
      assert.equal(hex(damaged.subarray(start + 18)), hex(completed.subarray(start + 18)));
      if (segment.family === "ipv4") assert.equal(foldedSum([...completed.subarray(0, 20)]), 0xffff);
    }),
  );
});

/** RFC 1071 as plainly as it can be said: a second way to the same number. */
function foldedSum(octets: readonly number[]): number {
  let sum = 0n;
  octets.forEach((octet, index) => {
    sum += BigInt(octet) << (index % 2 === 0 ? 8n : 0n);
  });
  while (sum > 0xffffn) sum = (sum & 0xffffn) + (sum >> 16n);
  return Number(sum);
}

test("completing a checksum leaves the packet it was given alone", () => {
  const packet = patched(bytes(SYN_IPV4), 36, 0);
  const before = hex(packet);
  assert.equal(hex(completeChecksum(packet)), SYN_IPV4);
  assert.equal(hex(packet), before);
});

test("the IP header says where the packet ends: what follows it in the frame is no payload", () => {
  const padded = new Uint8Array([...bytes(SYN_IPV4), 1, 2, 3, 4, 5, 6]);
  assert.deepEqual(decodeSegment(padded), SYN);
  assert.equal(hex(completeChecksum(padded)), SYN_IPV4);
});

test("options of the IPv4 header are stepped over", () => {
  const withOptions = new Uint8Array([
    0x46,
    0,
    0,
    0x2c,
    ...bytes(SYN_IPV4).subarray(4, 20),
    1,
    1,
    1,
    1,
    ...bytes(SYN_IPV4).subarray(20),
  ]);
  assert.deepEqual(decodeSegment(withOptions), SYN);
  assert.equal(headerLength(withOptions), 44);
});

test("a segment of 64 KiB, the largest that lo carries, keeps every octet", () => {
  const payload = Uint8Array.from({ length: 65_495 }, (_, index) => index % 251);
  const packet = encodeSegment({ ...SYN, flags: ["ACK"], payload });
  assert.equal(packet.length, 65_535);
  assert.deepEqual(decodeSegment(packet).payload, payload);
});

test("what does not fit into a packet is refused", () => {
  assert.throws(() => encodeSegment({ ...SYN, payload: new Uint8Array(65_496) }), RangeError);
  assert.throws(() => encodeSegment({ ...SYN_6, payload: new Uint8Array(65_516) }), RangeError);
  const options = Array.from({ length: 5 }, () => ({ kind: "timestamps", value: 1, echo: 2 }) as const);
  assert.throws(() => encodeSegment({ ...SYN, options }), RangeError);
});

const REFUSED = {
  "nothing at all": ["", /IP version 0/],
  "IP version 5": [`5${SYN_IPV4.slice(1)}`, /IP version 5/],
  "a header that is cut off": [SYN_IPV4.slice(0, 30), /IPv4 header/],
  "an IPv6 header that is cut off": [SYN_IPV6.slice(0, 60), /IPv6 packet of 30 octets/],
  "an IPv4 header of four words": [`44${SYN_IPV4.slice(2)}`, /IPv4 header of 16 octets/],
  UDP: [`${SYN_IPV4.slice(0, 18)}11${SYN_IPV4.slice(20)}`, /protocol 17/],
  "an IPv6 extension header": [`${SYN_IPV6.slice(0, 12)}00${SYN_IPV6.slice(14)}`, /protocol 0/],
  "a packet longer than its bytes": [`4500ffff${SYN_IPV4.slice(8)}`, /claims to end at 65535/],
  "a packet too short for TCP": [`45000027${SYN_IPV4.slice(8)}`, /claims to end at 39/],
  "a TCP header of four words": [`${SYN_IPV4.slice(0, 64)}40${SYN_IPV4.slice(66)}`, /TCP header of 16 octets/],
  "a TCP header past the packet's end": [`${SYN_IPV4.slice(0, 64)}60${SYN_IPV4.slice(66)}`, /TCP header of 24 octets/],
  "the first fragment of a packet": [`${SYN_IPV4.slice(0, 12)}2000${SYN_IPV4.slice(16)}`, /fragment/],
  "a later fragment": [`${SYN_IPV4.slice(0, 12)}0001${SYN_IPV4.slice(16)}`, /fragment/],
} as const;

for (const [what, [packet, cameBack]] of Object.entries(REFUSED))
  test(`${what} is refused with what came back`, () => {
    assert.throws(
      () => decodeSegment(bytes(packet)),
      (error) => error instanceof SegmentError && /^segment: .+: /.test(error.message) && cameBack.test(error.message),
    );
  });

test("no checksum is computed and no header measured where there is no TCP", () => {
  const udp = bytes(REFUSED.UDP[0]);
  assert.throws(() => completeChecksum(udp), SegmentError);
  assert.throws(() => headerLength(udp), SegmentError);
});

test("any bytes at all are either decoded or refused with a SegmentError", (t) => {
  const start = fc.constantFrom("", SYN_IPV4.slice(0, 40), SYN_IPV6.slice(0, 80));
  holdsForAll(
    t,
    fc.property(start, fc.uint8Array({ maxLength: 80 }), (head, tail) => {
      try {
        decodeSegment(new Uint8Array([...bytes(head), ...tail]));
      } catch (error) {
        assert.ok(error instanceof SegmentError, String(error));
      }
    }),
    500,
  );
});

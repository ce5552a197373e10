import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../../testing/holds-for-all.ts";
import { type Capture, readPcapng, writePcapng } from "./pcapng.ts";
import { PcapngError } from "./pcapng-block.ts";

const ONE: Capture = {
  comment: "a lab",
  application: "tcp-loopback-lab",
  interfaces: [{ name: "lo", description: "scene one" }],
  packets: [{ interface: 0, at: "1795332041.017212600", frame: Uint8Array.of(1, 2, 3, 4, 5), comment: "held" }],
};
const words = (...values: readonly string[]) => new Uint8Array(Buffer.from(values.join("").replaceAll(" ", ""), "hex"));

/* The draft's figures 9 to 11, filled in by hand: 1795332041017212600 ns are 18ea4cfa aeb53eb8. */
const SECTION =
  "0a0d0d0a 40000000 4d3c2b1a 0100 0000 ffffffffffffffff" +
  "0100 0500 61206c6162000000" +
  "0400 1000 7463702d6c6f6f706261636b2d6c6162" +
  "00000000 40000000";
const INTERFACE =
  "01000000 38000000 0100 0000 00000400" +
  "0200 0200 6c6f0000" +
  "0300 0900 7363656e65206f6e65000000" +
  "0900 0100 09000000" +
  "00000000 38000000";
const PACKET =
  "06000000 34000000 00000000 fa4cea18 b83eb5ae 05000000 05000000" +
  "0102030405000000" +
  "0100 0400 68656c64" +
  "00000000 34000000";
const FILE = words(SECTION, INTERFACE, PACKET);

test("a capture is written octet by octet as the format draws it", () => {
  assert.equal(Buffer.from(writePcapng(ONE)).toString("hex"), Buffer.from(FILE).toString("hex"));
});

test("the same octets are read back into the same capture", () => {
  assert.deepEqual(readPcapng(FILE), ONE);
});

/** Big-endian, microseconds (no if_tsresol), with two comments and a name resolution block that is to be skipped. */
const FOREIGN = words(
  "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c",
  "00000004 00000010 00000000 00000010",
  "00000001 00000014 0001 0000 00000000 00000014",
  "00000006 00000038 00000000 00062e2b 00000001 00000002 00000002 aabb0000 0001 0001 61000000 0001 0001 62000000 00000000 00000038",
);

test("a big-endian file that counts microseconds is read, and blocks that say nothing needed are skipped", () => {
  const microseconds = (0x62e2bn << 32n) + 1n;
  const at = `${microseconds / 1_000_000n}.${String(microseconds % 1_000_000n).padStart(6, "0")}000`;
  assert.deepEqual(readPcapng(FOREIGN), {
    comment: "",
    application: "",
    interfaces: [{ name: "", description: "" }],
    packets: [{ interface: 0, at, frame: Uint8Array.of(0xaa, 0xbb), comment: "a\nb" }],
  });
});

const text = fc.string({ unit: "grapheme", maxLength: 40 });
const capture: fc.Arbitrary<Capture> = fc.integer({ min: 1, max: 3 }).chain((interfaces) =>
  fc.record(
    {
      comment: text,
      application: text,
      interfaces: fc.array(
        fc.oneof(
          fc.record({ name: text, description: text }, { noNullPrototype: true }),
          fc.record(
            { name: text, description: text, comment: text.filter((comment) => comment !== "") },
            { noNullPrototype: true },
          ),
        ),
        { minLength: interfaces, maxLength: interfaces },
      ),
      packets: fc.array(
        fc.record(
          {
            interface: fc.nat(interfaces - 1),
            at: fc
              .tuple(fc.nat(4_000_000_000), fc.nat(999_999_999))
              .map(([seconds, nanoseconds]) => `${seconds}.${String(nanoseconds).padStart(9, "0")}`),
            frame: fc.uint8Array({ maxLength: 100 }),
            comment: text,
          },
          { noNullPrototype: true },
        ),
        { maxLength: 5 },
      ),
    },
    { noNullPrototype: true },
  ),
);

test("what is written is read back into the same capture", (t) => {
  holdsForAll(
    t,
    fc.property(capture, (written) => {
      assert.deepEqual(readPcapng(writePcapng(written)), written);
    }),
    200,
  );
});

test("a file that ends anywhere but at its end is refused, or read up to the end of a block", (t) => {
  const whole = writePcapng({ ...ONE, packets: [...ONE.packets, ...ONE.packets] });
  const ends = [SECTION, SECTION + INTERFACE, SECTION + INTERFACE + PACKET].map((blocks) => words(blocks).length);
  for (let length = 0; length < whole.length; length++) {
    const read = () => readPcapng(whole.subarray(0, length));
    if (ends.includes(length)) assert.ok(read().packets.length < 2);
    else assert.throws(read, PcapngError, `${length} octets`);
  }
  t.diagnostic(`${whole.length} lengths tried`);
});

test("a file with any octet changed is read or refused with a PcapngError", (t) => {
  holdsForAll(
    t,
    fc.property(fc.nat(FILE.length - 1), fc.nat(255), (at, value) => {
      try {
        readPcapng(FILE.with(at, value));
      } catch (error) {
        assert.ok(error instanceof PcapngError, String(error));
      }
    }),
    1000,
  );
});

const REFUSED = {
  "a file that is no pcapng": ["d4c3b2a1 02000400 00000000 00000000", /does not begin with a section header/],
  "an empty file": ["", /does not begin/],
  "a section without byte order": [SECTION.replace("4d3c2b1a", "00000000"), /byte-order magic/],
  "version 2": [SECTION.replace("4d3c2b1a 0100", "4d3c2b1a 0200"), /version 2/],
  "a block of length 0": [`${SECTION} 01000000 00000000 00000000`, /length of 0 octets/],
  "a block longer than the file": [`${SECTION} 01000000 ff000000 00000000`, /claims 255 octets|claims a length/],
  "a block with two lengths": [
    `${SECTION} 05000000 10000000 00000000 14000000`,
    /begins with length 16 and ends with length 20/,
  ],
  "a second section": [`${SECTION}${SECTION}`, /second section/],
  "another link type": [`${SECTION}${INTERFACE.replace("0100 0000 00000400", "6500 0000 00000400")}`, /link type 101/],
  "binary time units": [`${SECTION}${INTERFACE.replace("0900 0100 09", "0900 0100 8a")}`, /no power of ten/],
  "an option past its block": [`${SECTION}${INTERFACE.replace("0300 0900", "0300 ff00")}`, /option 3 .* runs past/],
  "a text that is no UTF-8": [`${SECTION}${INTERFACE.replace("6c6f0000", "ff6f0000")}`, /not UTF-8/],
  "a packet of no interface": [`${SECTION}${PACKET}`, /interface 0, which is not described/],
  "a packet that was cut": [
    `${SECTION}${INTERFACE}${PACKET.replace("05000000 05000000", "05000000 06000000")}`,
    /5 of 6 octets/,
  ],
  "a frame past its block": [
    `${SECTION}${INTERFACE}${PACKET.replace("05000000 05000000", "50000000 50000000")}`,
    /too short/,
  ],
  "a simple packet block": [`${SECTION}${INTERFACE} 03000000 10000000 00000000 10000000`, /without time or interface/],
} as const;

for (const [what, [octets, cameBack]] of Object.entries(REFUSED))
  test(`${what} is refused with one clear sentence`, () => {
    assert.throws(
      () => readPcapng(words(octets)),
      (error) => error instanceof PcapngError && /^pcapng: .+: /.test(error.message) && cameBack.test(error.message),
    );
  });

test("what the format has no room for is not written", () => {
  const [packet] = ONE.packets;
  assert.ok(packet);
  assert.throws(() => writePcapng({ ...ONE, comment: "x".repeat(65_536) }), RangeError);
  assert.throws(() => writePcapng({ ...ONE, packets: [{ ...packet, interface: 1 }] }), RangeError);
  for (const at of ["", "1.5", "-1.000000000", "99999999999.000000000"])
    assert.throws(() => writePcapng({ ...ONE, packets: [{ ...packet, at }] }), RangeError, at);
});

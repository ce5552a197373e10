import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeSegment, encodeSegment } from "../tcp/segment-codec.ts";
import { distance, sequence } from "../tcp/sequence.ts";
import { arbitrarySegment } from "../testing/arbitrary-segment.ts";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { alterPacket, type ForgedSegment, forgePacket } from "./forge.ts";

const octets = fc.integer({ min: -100_000, max: 100_000 });
const TIMESTAMPS = { value: 50, echo: 9 };

test("a forged segment stands as many octets from the next one as it was told to, across the wrap too", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySegment, octets, octets, ({ family, from, to, seq, ack }, seqPlus, ackPlus) => {
      const next = { family, from, to, seq, ack, timestamps: undefined };
      const { flags, ...forged } = decodeSegment(forgePacket(next, "ACK FIN", { seqPlus, ackPlus, payload: "hi" }));
      assert.deepEqual([...flags].sort(), ["ACK", "FIN"]);
      assert.deepEqual([distance(seq, forged.seq), distance(ack, forged.ack)], [seqPlus, ackPlus]);
      assert.deepEqual([forged.from, forged.to, forged.options], [from, to, []]);
      assert.equal(Buffer.from(forged.payload).toString(), "hi");
    }),
  );
});

test("its timestamp is the end's own, or older than any of the connection, modulo 2^32, or left out", () => {
  const next = {
    family: "ipv4",
    from: { address: "127.0.0.1", port: 20_000 },
    to: { address: "127.0.0.1", port: 8000 },
    seq: sequence(1),
    ack: sequence(1),
    timestamps: TIMESTAMPS,
  } as const;
  const optionsOf = (forged: ForgedSegment) => decodeSegment(forgePacket(next, "ACK", forged)).options;
  const live = [{ kind: "nop" }, { kind: "nop" }, { kind: "timestamps", ...TIMESTAMPS }];
  assert.deepEqual(optionsOf({}), live);
  assert.deepEqual(optionsOf({ timestamps: "valid" }), live);
  assert.deepEqual(optionsOf({ timestamps: "old" }).at(-1), {
    kind: "timestamps",
    value: 2 ** 32 + 50 - 100_000,
    echo: 9,
  });
  assert.deepEqual(optionsOf({ timestamps: "absent" }), []);
});

test("an altered copy has nothing but its change, and none where none was asked for", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySegment, octets, octets, (segment, seqPlus, ackPlus) => {
      const packet = encodeSegment(segment);
      assert.deepEqual(alterPacket(packet, {}), packet);
      const altered = decodeSegment(alterPacket(packet, { seqPlus, ackPlus, flags: "RST" }));
      assert.deepEqual({ ...altered, seq: segment.seq, ack: segment.ack, flags: segment.flags }, decodeSegment(packet));
      assert.deepEqual(altered.flags, ["RST"]);
      assert.equal(distance(segment.seq, altered.seq), seqPlus);
      assert.equal(distance(segment.ack, altered.ack), ackPlus);
    }),
  );
});

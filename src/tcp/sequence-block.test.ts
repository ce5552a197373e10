import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arbitrarySequence } from "../testing/arbitrary-segment.ts";
import { holdsForAll } from "../testing/holds-for-all.ts";
import type { Flag } from "./flags.ts";
import { advance, type SequenceNumber, sequence } from "./sequence.ts";
import {
  type CountedSegment,
  countSent,
  countTold,
  relativeNumber,
  type SequenceBlock,
  UNTOLD,
} from "./sequence-block.ts";

interface Stream {
  readonly first: SequenceNumber;
  /** A SYN, the same as a SYN ACK where SYNs cross, data and acknowledgements, and at last a FIN. */
  readonly segments: readonly CountedSegment[];
  /** How many numbers they consume. */
  readonly octets: number;
  /** How far its acknowledgements went, and from where. */
  readonly peer: SequenceNumber;
  readonly acknowledged: number;
}

/** What an end sends on one connection, each segment for the first time. */
const arbitraryStream: fc.Arbitrary<Stream> = fc
  .record({
    first: arbitrarySequence,
    peer: arbitrarySequence,
    crosses: fc.boolean(),
    steps: fc.array(fc.record({ length: fc.nat(65_535), acknowledges: fc.nat(65_535) }), { minLength: 1 }),
  })
  .map(({ first, peer, crosses, steps }) => {
    const segments: CountedSegment[] = [{ flags: ["SYN"], seq: first, ack: 0, length: 0 }];
    let [octets, acknowledged] = [1, 1];
    const send = (flags: readonly Flag[], from: number, length: number) =>
      segments.push({ flags, seq: advance(first, from), ack: advance(peer, acknowledged), length });
    if (crosses) send(["SYN", "ACK"], 0, 0);
    for (const { length, acknowledges } of steps) {
      acknowledged += acknowledges;
      send(["ACK"], octets, length);
      octets += length;
    }
    send(["FIN", "ACK"], octets, 0);
    return { first, peer, segments, octets: octets + 1, acknowledged };
  });

const arbitraryOrder = fc.array(fc.nat(), { minLength: 1, maxLength: 60 });

const blockOf = (segments: readonly CountedSegment[]): SequenceBlock => segments.reduce(countSent, UNTOLD);

test("SND.NXT is past all that an end sent, and RCV.NXT is what it acknowledged last", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryStream, ({ first, peer, segments, octets, acknowledged }) => {
      assert.deepEqual(blockOf(segments), {
        initial: [first],
        isSure: true,
        isOpening: false,
        next: advance(first, octets),
        acknowledged: advance(peer, acknowledged),
      });
    }),
  );
});

test("what comes again, in whole or cut differently, and in whatever order, changes nothing", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryStream, arbitraryOrder, fc.nat(65_535), ({ segments }, order, cut) => {
      const again = order.map((index) => segments[index % segments.length] as CountedSegment);
      const parts = again.map((one) =>
        one.length === 0 ? one : { ...one, flags: one.flags, length: cut % one.length },
      );
      const block = blockOf(segments);
      assert.deepEqual([...again, ...parts].reduce(countSent, block), block);
    }),
  );
});

test("after its SYN the order in which an end's segments are heard does not matter", (t) => {
  const arbitraryHeard = arbitraryStream.chain(({ segments: [syn, ...rest] }) =>
    fc.record({ syn: fc.constant(syn as CountedSegment), rest: fc.constant(rest), heard: shuffled(rest) }),
  );
  holdsForAll(
    t,
    fc.property(arbitraryHeard, ({ syn, rest, heard }) => {
      assert.deepEqual(blockOf([syn, ...heard]), blockOf([syn, ...rest]));
    }),
  );
});

const shuffled = <T>(all: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...all], { minLength: all.length, maxLength: all.length });

test("a number is the initial number and its relative one, modulo 2^32, and where the numbers begin makes no difference", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryStream, arbitrarySequence, ({ first, segments, octets }, elsewhere) => {
      const block = blockOf(segments);
      const moved = blockOf(segments.map((one) => ({ ...one, seq: advance(sequence(one.seq), elsewhere - first) })));
      for (const { seq } of segments) {
        const relative = relativeNumber(block, sequence(seq));
        assert.ok(relative !== undefined && relative >= 0 && relative < octets);
        assert.equal(advance(first, relative), seq);
        assert.equal(relativeNumber(moved, advance(elsewhere, relative)), relative);
      }
      assert.equal(moved.next, advance(elsewhere, octets));
    }),
  );
});

test("a reset moves no number that is known, and leaves nothing acknowledged", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryStream, arbitrarySequence, arbitrarySequence, fc.boolean(), ({ segments }, seq, ack, has) => {
      const block = blockOf(segments);
      const reset: CountedSegment = { flags: has ? ["RST", "ACK"] : ["RST"], seq, ack, length: 0 };
      assert.deepEqual(countSent(block, reset), { ...block, acknowledged: undefined });
    }),
  );
});

test("the SYN ACK of an end whose SYN stands, repeated or not, begins nothing, whatever its number", () => {
  const syn: CountedSegment = { flags: ["SYN"], seq: 900, ack: 0, length: 0 };
  const answer: CountedSegment = { ...syn, flags: ["SYN", "ACK"], seq: 907 };
  for (const segments of [
    [syn, answer],
    [syn, syn, answer],
  ])
    assert.deepEqual(blockOf(segments).initial, [900]);
  assert.deepEqual(blockOf([syn, { ...syn, flags: ["ACK"], seq: 901 }, answer]).initial, [900, 907]);
});

test("a reset of an end that sent nothing else is all that is known of its numbers", () => {
  const reset: CountedSegment = { flags: ["RST"], seq: 300, ack: 0, length: 0 };
  assert.equal(countSent(UNTOLD, reset).next, 300);
  assert.deepEqual(countSent(countSent(UNTOLD, reset), { ...reset, flags: ["ACK"], seq: 20 }).initial, [20]);
});

test("a new SYN begins anew, and the numbers of the former connection still count from theirs", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryStream, ({ first, segments, octets }) => {
      const other = advance(first, 2 ** 31 - 1);
      const block = countSent(blockOf(segments), { flags: ["SYN"], seq: other, ack: 0, length: 0 });
      const acknowledged = undefined;
      const initial = [first, other];
      assert.deepEqual(block, { initial, isSure: true, isOpening: true, next: advance(other, 1), acknowledged });
      assert.equal(relativeNumber(block, advance(first, octets)), octets);
      assert.equal(relativeNumber(block, advance(other, octets)), octets);
    }),
  );
});

test("what an end of the connection tells counts more than what anybody tells, and the first more than the next", (t) => {
  holdsForAll(
    t,
    fc.property(arbitrarySequence, arbitrarySequence, arbitrarySequence, (forged, told, later) => {
      const surmised = countTold(UNTOLD, forged, false);
      assert.equal(relativeNumber(surmised, forged), 0);
      assert.equal(countTold(surmised, later, false), surmised);
      const syn: CountedSegment = { flags: ["SYN"], seq: told, ack: 0, length: 0 };
      assert.deepEqual(countSent(surmised, syn), blockOf([syn]));
      const sure = countTold(surmised, told, true);
      assert.deepEqual(sure.initial, [told]);
      assert.equal(countTold(countTold(sure, later, true), forged, false), sure);
    }),
  );
});

test("of an end of which nothing was told no number is relative", () => {
  assert.equal(relativeNumber(UNTOLD, sequence(7)), undefined);
});

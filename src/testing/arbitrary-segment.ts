// Any segment there can be, for property tests: both families, every flag, every kind of option.

import fc from "fast-check";
import { FLAGS } from "../tcp/flags.ts";
import { decodeAddress } from "../tcp/ip-address.ts";
import { encodeOptions } from "../tcp/option-codec.ts";
import type { Endpoint, Family, Segment, TcpOption } from "../tcp/segment.ts";
import { type SequenceNumber, sequence } from "../tcp/sequence.ts";

/** Plain objects: the assertions compare prototypes too. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(fields, { noNullPrototype: true });

const uint16 = fc.integer({ min: 0, max: 0xffff });
const uint32 = fc.integer({ min: 0, max: 0xffffffff });

/** The ends of the range come as often as they matter: that is where sums wrap. */
export const arbitrarySequence: fc.Arbitrary<SequenceNumber> = fc
  .oneof(uint32, fc.constantFrom(0, 1, 0x7fffffff, 0x80000000, 0xffffffff))
  .map(sequence);

/** Kinds that this project reads by name; an unknown option has none of them. */
const NAMED = [0, 1, 2, 3, 4, 5, 8];

export const arbitraryOption: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant({ kind: "nop" } as const),
  record({ kind: fc.constant("mss" as const), octets: uint16 }),
  record({ kind: fc.constant("window-scale" as const), shift: fc.integer({ min: 0, max: 14 }) }),
  fc.constant({ kind: "sack-permitted" } as const),
  record({
    kind: fc.constant("sack" as const),
    blocks: fc.array(record({ left: arbitrarySequence, right: arbitrarySequence }), { minLength: 1, maxLength: 4 }),
  }),
  record({ kind: fc.constant("timestamps" as const), value: uint32, echo: uint32 }),
  record({
    kind: fc.constant("other" as const),
    number: fc.integer({ min: 0, max: 255 }).filter((kind) => !NAMED.includes(kind)),
    bytes: fc.uint8Array({ maxLength: 12 }),
  }),
);

/** At most 40 octets, all that a header has room for. */
export const arbitraryOptions: fc.Arbitrary<readonly TcpOption[]> = fc
  .array(arbitraryOption, { maxLength: 6 })
  .filter((options) => encodeOptions(options).length <= 40);

const arbitraryEndpoint = (family: Family): fc.Arbitrary<Endpoint> =>
  record({
    address: fc
      .uint8Array({ minLength: family === "ipv4" ? 4 : 16, maxLength: family === "ipv4" ? 4 : 16 })
      .map(decodeAddress),
    port: uint16,
  });

export const arbitrarySegment: fc.Arbitrary<Segment> = fc.constantFrom("ipv4", "ipv6").chain((family) =>
  record({
    family: fc.constant(family),
    from: arbitraryEndpoint(family),
    to: arbitraryEndpoint(family),
    seq: arbitrarySequence,
    ack: arbitrarySequence,
    flags: fc.subarray([...FLAGS]),
    window: uint16,
    urgentPointer: uint16,
    options: arbitraryOptions,
    payload: fc.uint8Array({ maxLength: 64 }),
  }),
);

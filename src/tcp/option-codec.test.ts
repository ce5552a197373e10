import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arbitraryOptions } from "../testing/arbitrary-segment.ts";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { decodeOptions, encodeOptions, formatOption } from "./option-codec.ts";
import type { TcpOption } from "./segment.ts";
import { sequence } from "./sequence.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "hex"));
const hex = (octets: Uint8Array) => Buffer.from(octets).toString("hex");
const sack = (...blocks: readonly (readonly [number, number])[]): TcpOption => ({
  kind: "sack",
  blocks: blocks.map(([left, right]) => ({ left: sequence(left), right: sequence(right) })),
});

/** Option, its octets by RFC 9293 §3.2, RFC 7323 §2.2 and §3.2, RFC 2018 §2 and §3, and its spelling. */
const KNOWN: readonly (readonly [TcpOption, string, string])[] = [
  [{ kind: "nop" }, "01", "nop"],
  [{ kind: "end" }, "00", "end"],
  [{ kind: "mss", octets: 65_495 }, "0204ffd7", "mss 65495"],
  [{ kind: "window-scale", shift: 7 }, "030307", "window-scale 7"],
  [{ kind: "sack-permitted" }, "0402", "sack-permitted"],
  [sack([1, 2], [5, 9]), "051200000001000000020000000500000009", "sack 1-2 5-9"],
  [sack([0xffffffff, 3]), "050affffffff00000003", "sack 4294967295-3"],
  [{ kind: "timestamps", value: 0xfffffffe, echo: 1 }, "080afffffffe00000001", "timestamps 4294967294 1"],
  [{ kind: "other", number: 254, bytes: bytes("0a0b") }, "fe040a0b", "other 254 0a0b"],
  [{ kind: "other", number: 34, bytes: bytes("") }, "2202", "other 34"],
];

for (const [option, octets, spelling] of KNOWN) {
  test(`"${spelling}" is ${octets} on the wire`, () => {
    assert.deepEqual(decodeOptions(bytes(octets)), [option]);
    assert.equal(hex(encodeOptions([option])).replace(/(00)*$/, ""), octets.replace(/(00)*$/, ""));
  });
  test(`${octets} is spelled "${spelling}"`, () => {
    assert.equal(formatOption(option), spelling);
  });
}

test("options are padded with zeros to whole words", () => {
  assert.equal(hex(encodeOptions([{ kind: "window-scale", shift: 7 }])), "03030700");
  assert.equal(hex(encodeOptions([])), "");
});

test("nothing is read behind the end of options", () => {
  assert.deepEqual(decodeOptions(bytes("00020405b4")), [{ kind: "end" }]);
});

test("an option of a known kind and the wrong length keeps its bytes", () => {
  assert.deepEqual(decodeOptions(bytes("0203ff")), [{ kind: "other", number: 2, bytes: bytes("ff") }]);
  assert.deepEqual(decodeOptions(bytes("050400aa")), [{ kind: "other", number: 5, bytes: bytes("00aa") }]);
});

for (const [what, octets] of [
  ["that runs past the header", "0204ff"],
  ["of length 0", "0200"],
  ["of length 1", "0201"],
  ["whose length is missing", "02"],
] as const)
  test(`an option ${what} is refused`, () => {
    assert.throws(() => decodeOptions(bytes(octets)), RangeError);
  });

test("options are decoded as they were encoded, then the padding", (t) => {
  holdsForAll(
    t,
    fc.property(arbitraryOptions, (options) => {
      const [last] = decodeOptions(encodeOptions(options)).slice(options.length);
      assert.deepEqual(decodeOptions(encodeOptions(options)).slice(0, options.length), options);
      assert.ok(last === undefined || last.kind === "end");
    }),
  );
});

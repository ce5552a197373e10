import assert from "node:assert/strict";
import { test } from "node:test";
import { sequence } from "../tcp/sequence.ts";
import { type Numbered, Repeats } from "./repeats.ts";

const CLIENT = { address: "127.0.0.1", port: 20_000 };
const SERVER = { address: "127.0.0.1", port: 8000 };

function segment(from: "client" | "server", flags: Numbered["flags"], seq: number, ack: number, length = 0): Numbered {
  const [own, other] = from === "client" ? [CLIENT, SERVER] : [SERVER, CLIENT];
  return { from: own, to: other, flags, seq: sequence(seq), ack: sequence(ack), length };
}

/** What each segment repeats, by the place of its original: 0, 1, ... */
function repeated(...segments: readonly Numbered[]): readonly (string | undefined)[] {
  const repeats = new Repeats<string>();
  return segments.map((one, index) => repeats.recognise(one, String(index)));
}

test("a segment sent again, whole or cut anew, repeats the first; what goes beyond it is new", () => {
  const first = segment("client", ["ACK"], 100, 1, 10);
  assert.deepEqual(repeated(first, first), [undefined, "0"]);
  assert.deepEqual(repeated(first, segment("client", ["ACK"], 104, 1, 6)), [undefined, "0"]);
  assert.deepEqual(repeated(first, segment("client", ["ACK"], 104, 1, 7)), [undefined, undefined]);
});

test("a pure ACK, a reset and a probe are events of their own, however alike", () => {
  for (const flags of [["ACK"], ["RST"]] as const) {
    const one = segment("client", flags, 100, 1);
    assert.deepEqual(repeated(one, one), [undefined, undefined]);
  }
});

const FIN = segment("server", ["FIN", "ACK"], 500, 101);
const ACK_OF_FIN = segment("client", ["ACK"], 101, 501);

test("TIME_WAIT's ACK of a FIN that came again repeats its first", () => {
  assert.deepEqual(repeated(FIN, ACK_OF_FIN, FIN, ACK_OF_FIN), [undefined, undefined, "0", "1"]);
  assert.deepEqual(repeated(FIN, ACK_OF_FIN, FIN, ACK_OF_FIN, FIN, ACK_OF_FIN).slice(4), ["0", "1"]);
});

test("the first ACK of a FIN is none, though the FIN was repeated while it was held", () => {
  assert.deepEqual(repeated(FIN, FIN, ACK_OF_FIN), [undefined, "0", undefined]);
});

test("of two ACKs after one repeated FIN only one answers it", () => {
  assert.deepEqual(repeated(FIN, ACK_OF_FIN, FIN, ACK_OF_FIN, ACK_OF_FIN).slice(2), ["0", "1", undefined]);
});

test("where nobody listens, a SYN that comes again is answered with the same reset, which repeats the first", () => {
  const [syn, reset] = [segment("client", ["SYN"], 100, 0), segment("server", ["RST", "ACK"], 0, 101)];
  assert.deepEqual(repeated(syn, reset, syn, reset, syn, reset), [undefined, undefined, "0", "1", "0", "1"]);
  const other = segment("server", ["RST", "ACK"], 7, 101);
  assert.deepEqual(repeated(syn, reset, syn, other), [undefined, undefined, "0", undefined]);
  assert.deepEqual(repeated(syn, reset, reset), [undefined, undefined, undefined]);
});

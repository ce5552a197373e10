import assert from "node:assert/strict";
import { test } from "node:test";
import { segment } from "../../testing/scene-of-lines.ts";
import { ackEquation } from "./ack-arithmetic.ts";

const FROM_CLIENT = { id: "e1", frame: 1, end: "client" } as const;
const answer = (ack: number) => segment({ id: "e9", frame: 9, end: "server", flags: ["ACK"], ack });

test("a SYN consumes one number", () => {
  const syn = segment({ ...FROM_CLIENT, flags: ["SYN"], seq: 1_234_567 });
  assert.equal(ackEquation(answer(1_234_568), [syn]), "ack = 1234567 + 1 (SYN) = 1234568");
});

test("data consume their octets, and a FIN with data one more", () => {
  const data = segment({ ...FROM_CLIENT, flags: ["PSH", "ACK"], seq: 100, length: 8 });
  assert.equal(ackEquation(answer(108), [data]), "ack = 100 + 8 (octets) = 108");
  const fin = segment({ ...FROM_CLIENT, flags: ["FIN", "ACK"], seq: 100, length: 1 });
  assert.equal(ackEquation(answer(102), [fin]), "ack = 100 + 1 (octet) + 1 (FIN) = 102");
});

test("the sum is counted modulo 2^32", () => {
  const syn = segment({ ...FROM_CLIENT, flags: ["SYN"], seq: 4_294_967_295 });
  assert.equal(ackEquation(answer(0), [syn]), "ack = 4294967295 + 1 (SYN) = 0 (modulo 4294967296)");
});

test("of several segments the one is named that the ack is the end of", () => {
  const first = segment({ ...FROM_CLIENT, flags: ["PSH", "ACK"], seq: 1, length: 5 });
  const second = segment({ ...FROM_CLIENT, id: "e2", flags: ["PSH", "ACK"], seq: 6, length: 5 });
  assert.equal(ackEquation(answer(6), [first, second]), "ack = 1 + 5 (octets) = 6");
  assert.equal(ackEquation(answer(11), [first, second]), "ack = 6 + 5 (octets) = 11");
});

test("an ack of nothing new is said to be one", () => {
  const pure = segment({ ...FROM_CLIENT, flags: ["ACK"], seq: 7 });
  assert.equal(ackEquation(answer(7), [pure]), "ack = 7, the next number expected; nothing new");
  assert.equal(
    ackEquation(answer(120), []),
    "ack = 120, the next number expected of an end that sent nothing here yet",
  );
});

test("an ack that no segment ends in is said to be one", () => {
  const syn = segment({ ...FROM_CLIENT, flags: ["SYN"], seq: 1 });
  assert.equal(ackEquation(answer(3), [syn]), "ack = 3, after which no segment of the client's ends");
});

test("the segments of another connection and of the same end do not count", () => {
  const other = segment({ ...FROM_CLIENT, flags: ["SYN"], seq: 1, from: { address: "127.0.0.1", port: 9 } });
  const own = segment({ id: "e2", frame: 2, end: "server", flags: ["SYN", "ACK"], seq: 1 });
  assert.match(ackEquation(answer(2), [other, own]), /sent nothing here yet/);
});

test("without the flag ACK the field means nothing", () => {
  assert.equal(ackEquation(segment({ ...FROM_CLIENT, flags: ["RST"], ack: 5 }), []), "no ACK");
});

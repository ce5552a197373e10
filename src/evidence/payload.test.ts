import assert from "node:assert/strict";
import { test } from "node:test";
import { formatPayload, payloadOf, writtenIn } from "./payload.ts";

const written = (data: string | number) => writtenIn(`The client writes ${formatPayload(payloadOf(data))}: 3.`);

test("what was written is found again in the sentence that tells of it", () => {
  for (const data of ["first", 'a "quoted" word', "back\\slash", "writes 3 octets", 40_000, 41])
    assert.deepEqual(written(data), payloadOf(data));
  assert.deepEqual(writtenIn('The client writes urgent "abc!": 4.'), payloadOf("abc!"));
  assert.deepEqual(
    writtenIn("The client writes 1048576 octets as its kernel takes them, the server reads"),
    payloadOf(1_048_576),
  );
});

test("so many octets are those of the alphabet, over and over", () => {
  for (const length of [0, 1, 25, 26, 27, 52, 1000]) {
    const text = new TextDecoder().decode(payloadOf(length));
    assert.equal(text, "abcdefghijklmnopqrstuvwxyz".repeat(40).slice(0, length));
  }
});

test("no more octets are made up than are asked for, and what cannot be read tells of no write", () => {
  assert.equal(writtenIn("The client writes 99999999999999 octets: 3.", 1000), undefined);
  assert.equal(writtenIn("The client writes 1001 octets: 3.", 1000), undefined);
  assert.equal(writtenIn("The client writes 1000 octets: 3.", 1000)?.length, 1000);
  assert.equal(writtenIn('The client writes "\\q": 3.'), undefined);
});

test("a sentence that tells of no write has none", () => {
  assert.equal(writtenIn("The client calls connect() to 127.0.0.1:8000."), undefined);
  assert.equal(writtenIn('The server reads: "data".'), undefined);
});

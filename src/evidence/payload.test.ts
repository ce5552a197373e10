import assert from "node:assert/strict";
import { test } from "node:test";
import { payloadOf, spellPayload, writtenIn } from "./payload.ts";

const written = (data: string | number) => writtenIn(`The client writes ${spellPayload(payloadOf(data))}: 3.`);

test("what was written is found again in the sentence that tells of it", () => {
  for (const data of ["first", 'a "quoted" word', "back\\slash", "writes 3 octets", 40_000, 41])
    assert.deepEqual(written(data), payloadOf(data));
  assert.deepEqual(writtenIn('The client writes urgent "abc!": 4.'), payloadOf("abc!"));
  assert.deepEqual(
    writtenIn("The client writes 1048576 octets as its kernel takes them, the server reads"),
    payloadOf(1_048_576),
  );
});

test("a sentence that tells of no write has none", () => {
  assert.equal(writtenIn("The client calls connect() to 127.0.0.1:8000."), undefined);
  assert.equal(writtenIn('The server reads: "data".'), undefined);
});

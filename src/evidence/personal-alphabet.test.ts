import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { holdsForAll } from "../testing/holds-for-all.ts";
import { alphabetOf } from "./personal-alphabet.ts";

const octets = (text: string) => new TextEncoder().encode(text);
const words = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const ALL = "abcdefghijklmnopqrstuvwxyz";

test("without student and nonce every octet stands for itself", () => {
  assert.equal(words(alphabetOf({}).write(octets(`${ALL} A1!`))), `${ALL} A1!`);
});

test("a student's alphabet is a permutation of the letters, and leaves everything else alone", () => {
  const written = words(alphabetOf({ student: "ada", nonce: "w0rd" }).write(octets(`${ALL} A1!`)));
  assert.equal([...written.slice(0, ALL.length)].sort().join(""), ALL);
  assert.equal(written.slice(ALL.length), " A1!");
  assert.notEqual(written.slice(0, ALL.length), ALL);
});

test("what was written is read again, in whatever parts it arrives", (t) => {
  holdsForAll(
    t,
    fc.property(fc.string(), fc.string(), fc.uint8Array(), fc.nat(), (student, nonce, text, cut) => {
      const { write, read } = alphabetOf({ student, nonce });
      const wire = write(text);
      const at = cut % (text.length + 1);
      assert.equal(wire.length, text.length);
      assert.deepEqual(Uint8Array.of(...read(wire.slice(0, at)), ...read(wire.slice(at))), text);
    }),
  );
});

test("another student or another nonce has another alphabet, and the same ones the same", () => {
  const letters = (student?: string, nonce?: string) =>
    words(alphabetOf({ ...(student && { student }), ...(nonce && { nonce }) }).write(octets(ALL)));
  const all = [letters(), letters("ada"), letters("bob"), letters("ada", "x"), letters("ada", "y"), letters("", "ada")];
  assert.equal(new Set(all).size, all.length);
  assert.equal(letters("ada", "x"), letters("ada", "x"));
});

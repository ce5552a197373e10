import assert from "node:assert/strict";
import { test } from "node:test";
import { FLAGS, flagBits, flagsOf, readFlags, spellFlags, spellFlagsAs } from "./flags.ts";

test("octet 13 of the TCP header is read bit by bit as RFC 9293 §3.1 draws it", () => {
  // CWR ECE URG ACK PSH RST SYN FIN, the highest bit first.
  const drawn = ["CWR", "ECE", "URG", "ACK", "PSH", "RST", "SYN", "FIN"];
  drawn.forEach((flag, place) => {
    assert.deepEqual(flagsOf(0x80 >> place), [flag]);
  });
});

test("every value of the octet is the sum of its flags", () => {
  for (let bits = 0; bits < 256; bits++) assert.equal(flagBits(flagsOf(bits)), bits);
});

test("a combination has one spelling, and can be read in any order of its words", () => {
  assert.equal(spellFlags(["ACK", "FIN"]), "FIN ACK");
  assert.deepEqual(readFlags("ACK SYN"), ["SYN", "ACK"]);
  for (let bits = 0; bits < 256; bits++) assert.deepEqual(readFlags(spellFlags(flagsOf(bits))), flagsOf(bits));
});

test("no flag at all is spelled none", () => {
  assert.equal(spellFlags([]), "none");
  assert.deepEqual(readFlags("none"), []);
});

test("a word that is no flag is not read", () => {
  for (const text of ["SIN", "syn", "SYN  ACK", "", "toString"]) assert.equal(readFlags(text), undefined, text);
});

test("there are eight flags", () => {
  assert.equal(FLAGS.length, 8);
});

test("a SYN that asks for congestion notification is a SYN, to whoever does not speak of congestion", () => {
  assert.equal(spellFlagsAs("SYN", ["SYN", "ECE", "CWR"]), "SYN");
  assert.equal(spellFlagsAs("SYN ACK", ["SYN", "ECE", "ACK"]), "SYN ACK");
  assert.equal(spellFlagsAs("SYN ACK", ["SYN"]), "SYN");
  assert.equal(spellFlagsAs("ECE", ["SYN", "ECE", "CWR"]), "SYN ECE CWR");
  assert.equal(spellFlagsAs("SYN ECE CWR", ["SYN"]), "SYN");
});

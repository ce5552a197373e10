import assert from "node:assert/strict";
import { test } from "node:test";
import { areMeantBy, FLAGS, flagBits, flagsOf, formatFlags, readFlags, withoutEcn } from "./flags.ts";

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
  assert.equal(formatFlags(["ACK", "FIN"]), "FIN ACK");
  assert.deepEqual(readFlags("ACK SYN"), ["SYN", "ACK"]);
  for (let bits = 0; bits < 256; bits++) assert.deepEqual(readFlags(formatFlags(flagsOf(bits))), flagsOf(bits));
});

test("no flag at all is spelled none", () => {
  assert.equal(formatFlags([]), "none");
  assert.deepEqual(readFlags("none"), []);
});

test("a word that is no flag is not read", () => {
  for (const text of ["SIN", "syn", "SYN  ACK", "", "toString"]) assert.equal(readFlags(text), undefined, text);
});

test("there are eight flags", () => {
  assert.equal(FLAGS.length, 8);
});

test("a SYN that asks for congestion notification is meant, and a SYN ACK that agrees, where nobody speaks of it", () => {
  assert.ok(areMeantBy("SYN", ["SYN", "ECE", "CWR"]));
  assert.ok(areMeantBy("SYN ECE CWR", ["SYN", "ECE", "CWR"]));
  assert.ok(areMeantBy("SYN ACK", ["SYN", "ECE", "ACK"]));
  assert.ok(!areMeantBy("SYN ECE CWR", ["SYN"]));
  assert.ok(!areMeantBy("SYN ACK", ["SYN"]));
});

test("what neither asks for congestion notification nor agrees to it keeps all its flags", () => {
  for (const flags of [["SYN", "ECE"], ["SYN", "ECE", "CWR", "ACK"], ["ACK", "ECE"], ["CWR"]] as const) {
    assert.deepEqual(withoutEcn(flags), flags);
    assert.ok(!areMeantBy(formatFlags(flags.filter((flag) => flag !== "ECE" && flag !== "CWR")), flags));
  }
});

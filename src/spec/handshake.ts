// What the document says about the three-way handshake, and where it must be refined or corrected.

import type { SceneClaim } from "./claim.ts";
import type { DocumentedPath } from "./path.ts";

const CITE = "the document, three-way handshake";
const CITE_NUMBERS = "the document, three-way handshake in absolute numbers";
const RFC_OPEN = "RFC 9293 §3.5";
const RFC_ARITHMETIC = "RFC 9293 §3.4";

/** The document writes the sum of 1234567 and 1 as 12345671. */
const ISN = 1_234_567;
const ISN_PLUS_ONE = 1_234_568;
const DOCUMENTED_SUM = 12_345_671;

const SYN = { end: "client", flags: "SYN" } as const;
const SYN_ACK = { end: "server", flags: "SYN ACK" } as const;
const THIRD = { end: "client", flags: "ACK", carries: "nothing" } as const;

export const THREE_WAY_HANDSHAKE: DocumentedPath = {
  title: "Three-way handshake",
  cite: CITE,
  numbers: "relative",
  rows: [
    { id: "at-rest", client: "CLOSED", server: "LISTEN", after: "server listen" },
    { id: "syn", from: "client", segment: "SYN", seq: 0 },
    { id: "syn-sent", client: "SYN_SENT", after: "client connect" },
    { id: "syn-ack", from: "server", segment: "SYN ACK", seq: 0, ack: 1 },
    { id: "syn-rcvd", server: "SYN_RCVD", after: "deliver SYN" },
    { id: "ack", from: "client", segment: "ACK", seq: 1, ack: 1 },
    {
      id: "established",
      client: "ESTABLISHED",
      server: "ESTABLISHED",
      after: "deliver ACK",
      condition: "once the server has received the third segment",
    },
  ],
};

export const ESTABLISHED_ONE_AFTER_THE_OTHER: readonly SceneClaim[] = [
  {
    id: "client-established-first",
    claim: "The client is ESTABLISHED as soon as the SYN ACK arrives.",
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 6`,
    refines: "established-client",
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "client", after: "deliver SYN ACK" },
    explanation:
      "The document writes ESTABLISHED for both ends in one row. The client is there first: it has all it needs when the SYN ACK arrives. The server waits for the third segment.",
  },
  {
    id: "server-still-syn-rcvd",
    claim: "While the client is already ESTABLISHED, the server is still SYN_RCVD.",
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 6`,
    refines: "established-server",
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "server", after: "deliver SYN ACK" },
    explanation:
      "If the third segment were lost now, one end would hold a connection that the other does not have yet; the server would send its SYN ACK again.",
  },
];

export const ABSOLUTE_NUMBERS: readonly SceneClaim[] = [
  {
    id: "syn-carries-isn",
    claim: `A sends its SYN with the random number it picked, say ${ISN}.`,
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "number", value: ISN },
    ask: { what: "number", of: { pick: SYN, field: "seq" } },
  },
  {
    id: "syn-flag-set",
    claim: "A's first segment has SYN=1; by that B knows that A wants to open.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: SYN, field: "SYN" } },
  },
  {
    id: "syn-ack-has-both-flags",
    claim: "B answers with SYN=1 and ACK=1.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "segment", value: "server SYN ACK" },
    ask: { what: "segment", pick: { end: "server", nth: 1 }, fields: [], numbers: "raw" },
  },
  {
    id: "syn-ack-acknowledges-12345671",
    claim: `B acknowledges A's number plus one, which the document writes as ${DOCUMENTED_SUM}.`,
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "number", value: DOCUMENTED_SUM },
    expected: "contradicts",
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
    explanation: `${DOCUMENTED_SUM} is the digit 1 written behind ${ISN}. The sum is ${ISN_PLUS_ONE}, and that is what the kernel sends.`,
  },
  {
    id: "syn-ack-acknowledges",
    claim: `B acknowledges A's sequence number plus one: ${ISN_PLUS_ONE}.`,
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    refines: "syn-ack-acknowledges-12345671",
    documented: { kind: "number", value: ISN_PLUS_ONE },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
    explanation: "A SYN consumes one sequence number, so the first number that B expects next is A's plus one.",
  },
  {
    id: "third-acknowledges-b-plus-one",
    claim: "A acknowledges B's sequence number plus one.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: THIRD, field: "ack" }, minus: { pick: SYN_ACK, field: "seq" } },
  },
  {
    id: "third-has-ack",
    claim: "A's answer to that has ACK=1.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: THIRD, field: "ACK" } },
  },
];

/** Opening is request and response: either end asks with a SYN and is answered with an ACK of it. */
export const REQUEST_AND_RESPONSE: readonly SceneClaim[] = [
  {
    id: "two-syns",
    claim: "To open, each end asks with one SYN.",
    source: "document",
    cite: "the document, flags: opening is request and response",
    documented: { kind: "number", value: 2 },
    ask: { what: "count", pick: { having: "SYN" } },
  },
  {
    id: "client-syn-answered",
    claim: "The client's SYN is answered by the server with an ACK of it.",
    source: "document",
    cite: "the document, flags: opening is request and response",
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" }, minus: { pick: SYN, field: "seq" } },
  },
  {
    id: "three-segments",
    claim: "Three segments open a connection, no more.",
    source: "document",
    cite: CITE,
    documented: { kind: "number", value: 3 },
    ask: { what: "count", pick: {} },
  },
];

/** Both ends picked 1234567, as the document's text has it: only crossing SYNs can be given such numbers. */
export const EQUAL_NUMBERS: readonly SceneClaim[] = [
  {
    id: "b-picks-the-same-number",
    claim: `B's own sequence number is written again as ${ISN}.`,
    source: "document",
    cite: CITE_NUMBERS,
    condition: "when both ends happen to pick the same number",
    documented: { kind: "number", value: ISN },
    ask: { what: "number", of: { pick: { end: "server", flags: "SYN" }, field: "seq" } },
  },
  {
    id: "a-acknowledges-12345671",
    claim: `A acknowledges B's number plus one, which the document writes again as ${DOCUMENTED_SUM}.`,
    source: "document",
    cite: CITE_NUMBERS,
    condition: "when both ends happen to pick the same number",
    documented: { kind: "number", value: DOCUMENTED_SUM },
    expected: "contradicts",
    ask: { what: "number", of: { pick: { end: "client", flags: "SYN ACK" }, field: "ack" } },
    explanation: `Again the digit 1 stands behind ${ISN}; the sum is ${ISN_PLUS_ONE}. Both numbers can be given only to two ends that open at the same time, so A's acknowledgement is a SYN ACK here, as B's is.`,
  },
  {
    id: "a-acknowledges",
    claim: `A acknowledges ${ISN_PLUS_ONE}.`,
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 7`,
    refines: "a-acknowledges-12345671",
    documented: { kind: "number", value: ISN_PLUS_ONE },
    ask: { what: "number", of: { pick: { end: "client", flags: "SYN ACK" }, field: "ack" } },
  },
  {
    id: "b-acknowledges",
    claim: `B acknowledges ${ISN_PLUS_ONE}.`,
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 7`,
    documented: { kind: "number", value: ISN_PLUS_ONE },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
  },
  {
    id: "both-syn-rcvd",
    claim: "When the SYNs have crossed, A is SYN_RCVD like B.",
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 7`,
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "client", after: "deliver server SYN" },
  },
  {
    id: "established-by-syn-ack",
    claim: "Each end is ESTABLISHED by the other's SYN ACK.",
    source: "rfc9293",
    cite: `${RFC_OPEN}, figure 7`,
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "server", after: "deliver client SYN ACK" },
    explanation:
      "Linux answers each of these SYN ACKs with an ACK, which figure 7 does not draw: the SYN in it repeats a number that was received before (TCPDSACKOldSent counts it).",
  },
  {
    id: "crossing-syn-answered-with-rst",
    claim: "A SYN for a port on which no socket waits yet is answered with RST ACK.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5.2, group 1",
    documented: { kind: "number", value: 1 },
    ask: { what: "count", pick: { end: "server", flags: "RST ACK" } },
    explanation:
      "The client's SYN is sent before the server's socket opens, so the kernel answers it with a reset. The lab holds that reset and loses it; the client's SYN is then handed on as if it had been under way longer.",
  },
];

/** A checks the answer it gets: the acknowledgement must be its own number plus one, and ACK must be set. */
export const A_CHECKS: readonly SceneClaim[] = [
  {
    id: "wrong-ack-is-refused",
    claim: "A checks that ack is its own number plus one: a SYN ACK that is one off does not open the connection.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "state", value: "SYN_SENT" },
    ask: { what: "state", end: "client", after: "alter SYN ACK" },
  },
  {
    id: "wrong-ack-is-reset",
    claim: "A SYN ACK with a wrong ack is answered with a RST whose sequence number is that ack.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.3",
    refines: "wrong-ack-is-refused",
    documented: { kind: "segment", value: "client RST seq=2" },
    ask: { what: "segment", pick: { end: "client", having: "RST" }, fields: ["seq"], numbers: "relative" },
    explanation:
      "The sender of a wrong acknowledgement speaks of a connection that A does not have; A tells it so with a reset and goes on waiting.",
  },
  {
    id: "missing-ack-flag-does-not-open",
    claim: "A checks that ACK is 1: a SYN without it does not open the connection.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "client", after: "alter SYN ACK #2" },
    explanation:
      "Without ACK the segment is a SYN that crosses A's own, so A moves to SYN_RCVD and waits for its own SYN to be acknowledged (RFC 9293 figure 7).",
  },
  {
    id: "crossing-syn-is-answered",
    claim: "A SYN that crosses A's own is answered with SYN ACK.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5, figure 7",
    documented: { kind: "segment", value: "client SYN ACK seq=0 ack=1" },
    ask: { what: "segment", pick: { end: "client", flags: "SYN ACK" }, fields: ["seq", "ack"], numbers: "relative" },
  },
];

/** B checks the third segment likewise. */
export const B_CHECKS: readonly SceneClaim[] = [
  {
    id: "wrong-ack-is-refused",
    claim:
      "B checks that ack is its own number plus one: a third segment that is one off does not open the connection.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "server", after: "alter ACK" },
  },
  {
    id: "wrong-ack-is-reset",
    claim: "A third segment with a wrong ack is answered with a RST whose sequence number is that ack.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4",
    refines: "wrong-ack-is-refused",
    documented: { kind: "segment", value: "server RST seq=2" },
    ask: { what: "segment", pick: { end: "server", having: "RST" }, fields: ["seq"], numbers: "relative" },
  },
  {
    id: "missing-ack-flag-does-not-open",
    claim: "B checks that ACK is 1: a third segment without it does not open the connection.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "server", after: "forge client PSH" },
  },
];

/** 2^32 - 1 is followed by 0. */
export const WRAP: readonly SceneClaim[] = [
  {
    id: "last-number",
    claim: "A may pick the last number there is.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "number", value: 4_294_967_295 },
    ask: { what: "number", of: { pick: SYN, field: "seq" } },
  },
  {
    id: "sum-is-modulo-2-to-the-32",
    claim: "B acknowledges 0: plus one is counted modulo 2^32.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
    explanation: "The document's plus one is arithmetic modulo 2^32, so the number after 4294967295 is 0.",
  },
  {
    id: "third-segment-starts-at-0",
    claim: "A's next sequence number is 0.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: THIRD, field: "seq" } },
  },
];

export const RANDOM_INITIAL_NUMBERS: readonly SceneClaim[] = [
  {
    id: "no-equal-pair",
    claim: "In no connection do both ends start with the same number.",
    source: "linux",
    cite: "RFC 9293 §3.4.1, RFC 6528; secure_seq.c",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-differ" },
    explanation: "The document writes B's number like A's; equal numbers are a coincidence of one in 2^32.",
  },
  {
    id: "client-numbers-uniform",
    claim: "The numbers that clients pick are random.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-uniform", pick: { end: "client" } },
  },
  {
    id: "server-numbers-uniform",
    claim: "The numbers that servers pick are random.",
    source: "document",
    cite: CITE_NUMBERS,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-uniform", pick: { end: "server" } },
  },
];

/** Nothing but the pace differs between a stepped and a free opening. */
export const stepsChangeNothing = (steppedScene: string): readonly SceneClaim[] => [
  {
    id: "same-as-stepped",
    claim: "Opened freely with node:net, the same three segments go over the wire as in the stepped scene.",
    source: "linux",
    cite: "observed: a held segment does not change what the kernel sends next",
    documented: { kind: "text", value: "the same segments" },
    ask: { what: "same-segments", as: steppedScene, first: 3 },
    needs: ["namespace", "hold", "repair"],
  },
];

/** States that last until somebody acts can be seen without holding anything. */
export const LASTING_STATES: readonly SceneClaim[] = [
  {
    id: "server-listens",
    claim: "Before a client comes, the server is LISTEN.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "LISTEN" },
    ask: { what: "state", end: "server", after: "server listen" },
  },
  {
    id: "client-established",
    claim: "Afterwards the client is ESTABLISHED.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "client", after: "server accept" },
  },
  {
    id: "server-established",
    claim: "Afterwards the server is ESTABLISHED.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "server", after: "server accept" },
  },
];

// What the document says about the three-way handshake, and where it must be refined or corrected.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import type { DocumentedPath } from "../../../src/claims/path.ts";
import { REQUEST_IS_KEPT } from "../../../src/claims/shorthand.ts";

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
    { id: "syn-rcvd", server: "SYN_RCVD", after: "deliver SYN", condition: REQUEST_IS_KEPT },
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
    condition: REQUEST_IS_KEPT,
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
    id: "ack-is-seq-plus-one",
    claim: "B's ack is A's seq + 1.",
    source: "document",
    cite: CITE_NUMBERS,
    condition: "as long as the sum is below 2^32",
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" }, minus: { pick: SYN, field: "seq" } },
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
    id: "server-syn-answered",
    claim: "The server's SYN is answered by the client with an ACK of it.",
    source: "document",
    cite: "the document, flags: opening is request and response",
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: THIRD, field: "ack" }, minus: { pick: SYN_ACK, field: "seq" } },
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

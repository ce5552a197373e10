// What each end checks before it takes the connection as standing, shown by what it does with a segment that fails the check.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { REQUEST_IS_KEPT } from "../../../src/claims/shorthand.ts";

const CITE_NUMBERS = "the document, three-way handshake in absolute numbers";

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
    condition: REQUEST_IS_KEPT,
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
    condition: REQUEST_IS_KEPT,
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "server", after: "forge client PSH" },
  },
];

// Both ends start with the document's 1234567: what it says of the numbers then, and its slip in the sum.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { formsAround } from "../../../src/rfc-model/kernel-changes/kernel-change.ts";
import { SYN_ACK_OF_CROSSING_SYNS } from "../../../src/rfc-model/kernel-changes/kernel-changes.ts";

const CITE_NUMBERS = "the document, three-way handshake in absolute numbers";
const RFC_OPEN = "RFC 9293 §3.5";

/** The document writes the sum of 1234567 and 1 as 12345671. */
const ISN = 1_234_567;
const ISN_PLUS_ONE = 1_234_568;
const DOCUMENTED_SUM = 12_345_671;

const SYN_ACK = { end: "server", flags: "SYN ACK" } as const;

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
    forms: formsAround(
      SYN_ACK_OF_CROSSING_SYNS,
      { kind: "state", value: "ESTABLISHED" },
      { kind: "state", value: "SYN_RCVD" },
    ),
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

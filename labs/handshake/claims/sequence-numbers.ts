// What the document says about sequence numbers in general, and its two slips.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "the document, sequence numbers";
const RFC = "RFC 9293 §3.4";

const THIRD = { end: "client", flags: "ACK", carries: "nothing" } as const;
const FIRST_DATA = { end: "client", carries: "data", nth: 1 } as const;
const SECOND_DATA = { end: "client", carries: "data", nth: 2 } as const;
const ANSWER = { end: "server", carries: "data", nth: 1 } as const;

/** The rule about seq holds while the ends take turns. */
export const IN_LOCKSTEP: readonly SceneClaim[] = [
  {
    id: "seq-is-last-ack-in-lockstep",
    claim: "A segment's seq is the other end's last ack (the first one is random).",
    source: "document",
    cite: CITE,
    condition: "while the ends take turns, with never more than one segment on the way",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "seq-is-last-ack" },
  },
  {
    id: "ack-is-seq-plus-length",
    claim:
      "A segment's ack is the other end's seq plus what that segment consumed: L octets, and one each for SYN and FIN.",
    source: "document",
    cite: CITE,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "ack-follows-what-was-received" },
  },
];

/** Two segments on the way, and a pure ACK. Two times five octets, so that every number is easy to follow. */
export const IN_FLIGHT: readonly SceneClaim[] = [
  {
    id: "seq-is-last-ack",
    claim: "A segment's seq is the other end's last ack.",
    source: "document",
    cite: CITE,
    documented: { kind: "number", value: 0 },
    expected: "contradicts",
    ask: { what: "number", of: { pick: SECOND_DATA, field: "seq" }, minus: { pick: THIRD, field: "seq" } },
    explanation:
      "The second segment left before the first one was acknowledged, so its seq is past the last ack: by the five octets of the first segment.",
  },
  {
    id: "seq-follows-own-data",
    claim: "A segment's seq is the end of what the same end sent before, acknowledged or not.",
    source: "rfc9293",
    cite: RFC,
    refines: "seq-is-last-ack",
    documented: { kind: "number", value: 5 },
    ask: { what: "number", of: { pick: SECOND_DATA, field: "seq" }, minus: { pick: FIRST_DATA, field: "seq" } },
  },
  {
    id: "data-acknowledged-by-length",
    claim: "With L octets of data, ack = seq + L.",
    source: "document",
    cite: CITE,
    documented: { kind: "number", value: 10 },
    ask: { what: "number", of: { pick: ANSWER, field: "ack" }, minus: { pick: FIRST_DATA, field: "seq" } },
  },
  {
    id: "every-ack-follows-data",
    claim: "Checked on every segment: ack is a seq plus the L octets (and SYN or FIN) that it consumed.",
    source: "document",
    cite: CITE,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "ack-follows-what-was-received" },
  },
  {
    id: "every-data-segment-acknowledged",
    claim: "Checked on every data segment: it is acknowledged by its seq + L, or past that where the next one's is.",
    source: "document",
    cite: CITE,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "data-is-acknowledged-by-its-length" },
  },
  {
    id: "pure-ack-plus-one",
    claim: "Without data, ack = the other end's seq + 1.",
    source: "document",
    cite: CITE,
    documented: { kind: "number", value: 1 },
    expected: "contradicts",
    ask: {
      what: "number",
      of: { pick: FIRST_DATA, field: "seq" },
      minus: { pick: THIRD, field: "seq" },
    },
    explanation:
      "The third segment of the handshake carries no data and consumes no number: the segment after it has the same seq, and no ack ever answers it. Only SYN and FIN consume a number without data.",
  },
  {
    id: "pure-ack-consumes-nothing",
    claim: "A pure ACK consumes no sequence number: the next segment has the same seq.",
    source: "rfc9293",
    cite: RFC,
    refines: "pure-ack-plus-one",
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: FIRST_DATA, field: "seq" }, minus: { pick: THIRD, field: "seq" } },
  },
  {
    id: "third-segment-never-acknowledged",
    claim: "The third segment of the handshake is answered by nothing.",
    source: "rfc9293",
    cite: RFC,
    refines: "pure-ack-plus-one",
    documented: { kind: "number", value: 0 },
    ask: { what: "count", pick: { end: "server", during: "deliver ACK" } },
  },
];

// How many segments a close takes: four where the application takes its time, three where it closes within the delayed ACK.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "the document, four-way close";
const RFC_CLOSE = "RFC 9293 §3.6, figure 12";

export const THREE_SEGMENTS: readonly SceneClaim[] = [
  {
    id: "no-ack-of-its-own",
    claim: "If the server closes within the delayed ACK, no ACK of its own goes before its FIN.",
    source: "linux",
    cite: "RFC 9293 §3.8.6.3, delayed ACK; TCP_DELACK_MIN, include/net/tcp.h",
    refines: "documented-numbers.four-segments",
    documented: { kind: "number", value: 0 },
    ask: { what: "count", pick: { end: "server", flags: "ACK", during: "server close on FIN ACK" } },
    explanation:
      "The kernel holds an ACK back for up to 40 ms in case something else goes the same way. Here the server closes at once, and its FIN carries the ACK: three segments close the connection.",
  },
  {
    id: "ack-and-fin-in-one",
    claim: "Its ACK and its FIN are then one segment.",
    source: "linux",
    cite: "RFC 9293 §3.8.6.3, delayed ACK; TCP_DELACK_MIN, include/net/tcp.h",
    refines: "documented-numbers.four-segments",
    documented: { kind: "number", value: 1 },
    ask: {
      what: "number",
      of: { pick: { end: "server", flags: "FIN ACK" }, field: "ack" },
      minus: { pick: { end: "client", flags: "FIN ACK" }, field: "seq" },
    },
  },
  {
    id: "straight-to-last-ack",
    claim: "The server is then in LAST_ACK at once.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    documented: { kind: "state", value: "LAST_ACK" },
    ask: { what: "state", end: "server", after: "server close on FIN ACK" },
  },
  {
    id: "straight-to-time-wait",
    claim: "A FIN that also acknowledges takes the client from FIN_WAIT_1 straight to TIME_WAIT.",
    source: "rfc9293",
    cite: "RFC 9293 §3.3.2, figure 5, note 2",
    documented: { kind: "text", value: "FIN_WAIT_1 to TIME_WAIT" },
    ask: { what: "transition", end: "client", of: "deliver server FIN ACK" },
  },
];

export const FREE_CLOSE: readonly SceneClaim[] = [
  {
    id: "three-or-four",
    claim: "Closed freely with node:net, a connection takes three segments or four, and each FIN is acknowledged.",
    source: "linux",
    cite: "the document, four-way close, as refined by the delayed ACK",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "closes-in-three-or-four" },
    explanation: "Which of the two it is depends on how soon the server's program closes; the tape of this run says.",
  },
];

/** States that last until a program acts can be seen without holding anything. */
export const LASTING_STATES: readonly SceneClaim[] = [
  {
    id: "fin-wait-2-lasts",
    claim: "While the server's program has not closed, the client is FIN_WAIT_2.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "FIN_WAIT_2" },
    ask: { what: "state", end: "client", after: "pass 200 ms" },
  },
  {
    id: "close-wait-lasts",
    claim: "While its program has not closed, the server is CLOSE_WAIT.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "CLOSE_WAIT" },
    ask: { what: "state", end: "server", after: "pass 200 ms" },
  },
  {
    id: "time-wait-lasts",
    claim: "When both have closed, the client is TIME_WAIT.",
    source: "document",
    cite: CITE,
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "client", after: "client receive" },
  },
];

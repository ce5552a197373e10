// What the document says about the four-way close, and where it must be refined.

import { type End, otherEnd } from "../tcp/end.ts";
import type { SceneClaim } from "./claim.ts";
import { type DocumentedPath, isSegmentRow } from "./path.ts";

const CITE = "the document, four-way close";
const RFC_CLOSE = "RFC 9293 §3.6, figure 12";
const RFC_ARITHMETIC = "RFC 9293 §3.4";

/** The document's numbers: the client's next number is 100, the server's 120. */
const CLIENT_NEXT = 100;
const SERVER_NEXT = 120;

export const FOUR_WAY_CLOSE: DocumentedPath = {
  title: "Four-way close",
  cite: CITE,
  numbers: "raw",
  rows: [
    { id: "first-fin", from: "client", segment: "FIN ACK", seq: CLIENT_NEXT, ack: SERVER_NEXT },
    { id: "fin-wait-1", client: "FIN_WAIT_1", after: "client shutdown" },
    { id: "ack-of-first-fin", from: "server", segment: "ACK", seq: SERVER_NEXT, ack: CLIENT_NEXT + 1 },
    {
      id: "fin-wait-2-and-close-wait",
      client: "FIN_WAIT_2",
      server: "CLOSE_WAIT",
      after: "deliver ACK",
      condition: "once the ACK has arrived",
    },
    { id: "second-fin", from: "server", segment: "FIN ACK", seq: SERVER_NEXT, ack: CLIENT_NEXT + 1 },
    { id: "last-ack", server: "LAST_ACK", after: "server shutdown" },
    { id: "ack-of-second-fin", from: "client", segment: "ACK", seq: CLIENT_NEXT + 1, ack: SERVER_NEXT + 1 },
    {
      id: "time-wait-and-closed",
      client: "TIME_WAIT",
      server: "CLOSED",
      after: "deliver ACK #2",
      condition: "once the last ACK has arrived",
    },
  ],
};

/** The same table with the two ends exchanged: "client" means the end that closes first. */
export function withEndsExchanged(path: DocumentedPath): DocumentedPath {
  const exchanged = (text: string) => text.replace(/client|server/, (end) => otherEnd(end as End));
  return {
    ...path,
    title: `${path.title}, the server closing first`,
    rows: path.rows.map((row) => {
      if (isSegmentRow(row)) return { ...row, from: otherEnd(row.from) };
      const { client, server, ...rest } = row;
      return {
        ...rest,
        after: exchanged(row.after),
        ...(client !== undefined && { server: client }),
        ...(server !== undefined && { client: server }),
      };
    }),
  };
}

export const ONE_AFTER_THE_OTHER: readonly SceneClaim[] = [
  {
    id: "close-wait-when-fin-arrives",
    claim: "The server is CLOSE_WAIT as soon as the FIN arrives.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "fin-wait-2-and-close-wait-server",
    documented: { kind: "state", value: "CLOSE_WAIT" },
    ask: { what: "state", end: "server", after: "deliver FIN ACK" },
    explanation:
      "The document writes CLOSE_WAIT and FIN_WAIT_2 in one row. The server is there first, by the FIN; the client follows only when the ACK of its FIN arrives.",
  },
  {
    id: "still-fin-wait-1",
    claim: "Until the ACK arrives, the client is still FIN_WAIT_1.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "fin-wait-2-and-close-wait-client",
    documented: { kind: "state", value: "FIN_WAIT_1" },
    ask: { what: "state", end: "client", after: "deliver FIN ACK" },
  },
  {
    id: "time-wait-first",
    claim: "The client is TIME_WAIT as soon as the server's FIN arrives.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "time-wait-and-closed-client",
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "client", after: "deliver FIN ACK #2" },
  },
  {
    id: "still-last-ack",
    claim: "Until the last ACK arrives, the server is still LAST_ACK.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "time-wait-and-closed-server",
    documented: { kind: "state", value: "LAST_ACK" },
    ask: { what: "state", end: "server", after: "deliver FIN ACK #2" },
  },
];

export const CLOSING_ARITHMETIC: readonly SceneClaim[] = [
  {
    id: "fin-at-once",
    claim: "Having no data left for the client, the server sends its FIN at once, with the number it would send next.",
    source: "document",
    cite: CITE,
    documented: { kind: "number", value: 0 },
    ask: {
      what: "number",
      of: { pick: { end: "server", flags: "FIN ACK" }, field: "seq" },
      minus: { pick: { end: "server", flags: "ACK" }, field: "seq" },
    },
  },
  {
    id: "each-end-asks-once",
    claim: "To close, each end asks with one FIN.",
    source: "document",
    cite: "the document, flags: closing is request and response",
    documented: { kind: "number", value: 2 },
    ask: { what: "count", pick: { having: "FIN" } },
  },
  {
    id: "first-fin-is-answered",
    claim: "The first FIN is answered with an ACK of it.",
    source: "document",
    cite: "the document, flags: closing is request and response",
    documented: { kind: "number", value: 1 },
    ask: {
      what: "number",
      of: { pick: { end: "server", flags: "ACK" }, field: "ack" },
      minus: { pick: { end: "client", flags: "FIN ACK" }, field: "seq" },
    },
  },
  {
    id: "second-fin-is-answered",
    claim: "The second FIN is answered with an ACK of it.",
    source: "document",
    cite: "the document, flags: closing is request and response",
    documented: { kind: "number", value: 1 },
    ask: {
      what: "number",
      of: { pick: { end: "client", flags: "ACK" }, field: "ack" },
      minus: { pick: { end: "server", flags: "FIN ACK" }, field: "seq" },
    },
  },
  {
    id: "four-segments",
    claim: "Four segments close a connection.",
    source: "document",
    cite: CITE,
    condition: "when the application waits longer than the delayed ACK before it closes as well",
    documented: { kind: "number", value: 4 },
    ask: { what: "count", pick: {} },
  },
];

export const TWO_MSL: readonly SceneClaim[] = [
  {
    id: "two-msl-of-240-s",
    claim: "In TIME_WAIT the client waits 2MSL; with RFC 9293's MSL of 2 minutes that is 240 s.",
    source: "rfc9293",
    cite: "the document, four-way close; RFC 9293 §3.4.2: MSL is 2 minutes",
    documented: { kind: "duration-ms", value: 240_000 },
    expected: "contradicts",
    ask: { what: "timer", end: "client", after: "deliver FIN ACK #2", kind: "time-wait", within: 1000 },
    explanation:
      "Linux does not know an MSL. It waits a constant 60 s (TCP_TIMEWAIT_LEN), which no sysctl changes, plus the rounding of the kernel's timer wheel. lab:timewait measures the whole length.",
  },
  {
    id: "linux-waits-60-s",
    claim: "Linux starts a countdown of 60 s on entering TIME_WAIT.",
    source: "linux",
    cite: "TCP_TIMEWAIT_LEN, include/net/tcp.h",
    refines: "two-msl-of-240-s",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "timer", end: "client", after: "deliver FIN ACK #2", kind: "time-wait", within: 1000 },
  },
];

const REST = "the rest"; // eight octets

export const DATA_LEFT: readonly SceneClaim[] = [
  {
    id: "data-goes-first",
    claim: "Having data left for the client, the server sends that first.",
    source: "document",
    cite: CITE,
    documented: { kind: "segment", value: `server PSH ACK seq=${SERVER_NEXT} length=${REST.length}` },
    ask: {
      what: "segment",
      pick: { end: "server", carries: "data" },
      fields: ["seq", "length"],
      numbers: "raw",
    },
  },
  {
    id: "fin-of-120",
    claim: "The server's FIN has seq 120.",
    source: "document",
    cite: CITE,
    condition: "when the server has no data left",
    documented: { kind: "number", value: SERVER_NEXT },
    expected: "contradicts",
    ask: { what: "number", of: { pick: { end: "server", having: "FIN" }, field: "seq" } },
    explanation: "Here the condition does not hold: eight octets went first, and the FIN comes after them.",
  },
  {
    id: "fin-after-data",
    claim: "With L octets left, the server's FIN has seq 120 + L.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    refines: "fin-of-120",
    documented: { kind: "number", value: SERVER_NEXT + REST.length },
    ask: { what: "number", of: { pick: { end: "server", having: "FIN" }, field: "seq" } },
  },
  {
    id: "client-reads-the-rest",
    claim: "The client, its own side closed, still receives what the server had left.",
    source: "document",
    cite: CITE,
    documented: { kind: "text", value: JSON.stringify(REST) },
    ask: { what: "outcome", of: "client receive" },
  },
];

export const FIN_WITH_DATA: readonly SceneClaim[] = [
  {
    id: "one-segment",
    claim: "The last data and the FIN may be one segment.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "segment", value: `server FIN ACK seq=${SERVER_NEXT} length=${REST.length}` },
    ask: { what: "segment", pick: { end: "server", having: "FIN" }, fields: ["seq", "length"], numbers: "raw" },
  },
  {
    id: "consumes-l-plus-one",
    claim: "A FIN with L octets of data consumes L + 1 numbers.",
    source: "document",
    cite: "the document, sequence numbers: seq + L for data, and one for the FIN",
    documented: { kind: "number", value: REST.length + 1 },
    ask: {
      what: "number",
      of: { pick: { end: "client", flags: "ACK", nth: -1 }, field: "ack" },
      minus: { pick: { end: "server", having: "FIN" }, field: "seq" },
    },
  },
];

export const THREE_SEGMENTS: readonly SceneClaim[] = [
  {
    id: "four-segments",
    claim: "A close takes four segments: the ACK of the first FIN is one of its own.",
    source: "document",
    cite: CITE,
    condition: "when the application waits longer than the delayed ACK before it closes as well",
    documented: { kind: "number", value: 1 },
    expected: "contradicts",
    ask: { what: "count", pick: { end: "server", flags: "ACK", during: "server close on FIN ACK" } },
    explanation:
      "Here the condition does not hold: the server closes at once. The kernel holds an ACK back for up to 40 ms in case something else goes the same way; the server's FIN does, and carries it.",
  },
  {
    id: "ack-and-fin-in-one",
    claim: "If the server closes within the delayed ACK, its ACK and its FIN are one segment.",
    source: "linux",
    cite: "RFC 9293 §3.8.6.3, delayed ACK; TCP_DELACK_MIN, include/net/tcp.h",
    refines: "four-segments",
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

export const LAST_ACK_LOST: readonly SceneClaim[] = [
  {
    id: "hearing-nothing-means-closed",
    claim: "Hearing nothing after its last ACK, the client may take the server as closed.",
    source: "document",
    cite: CITE,
    condition: "when the last ACK has arrived",
    documented: { kind: "state", value: "CLOSED" },
    expected: "contradicts",
    ask: { what: "state", end: "server", after: "drop ACK" },
    explanation:
      "Here the condition does not hold: the last ACK is lost, and the client cannot know. The server stays in LAST_ACK and repeats its FIN; TIME_WAIT is there to answer it.",
  },
  {
    id: "fin-comes-again",
    claim: "If the last ACK is lost, the server sends its FIN again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT: a retransmission of the remote FIN",
    refines: "hearing-nothing-means-closed",
    documented: { kind: "segment", value: "server FIN ACK seq=1 ack=2" },
    ask: {
      what: "segment",
      pick: { end: "server", flags: "FIN ACK", repeats: "only" },
      fields: ["seq", "ack"],
      numbers: "relative",
    },
  },
  {
    id: "acknowledged-again",
    claim: "TIME_WAIT acknowledges every repeated FIN again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT",
    refines: "hearing-nothing-means-closed",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "repeated-fin-acknowledged-again", pick: { repeats: "too" } },
  },
  {
    id: "starts-over",
    claim: "Each repeated FIN starts the 60 s over: two seconds later they are nearly whole again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT: restart the 2 MSL timeout",
    refines: "hearing-nothing-means-closed",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "timer", end: "client", after: "pass 2 s", kind: "time-wait", within: 1200 },
    explanation:
      "The server repeats its FIN after about 0.2, 0.5, 0.9 and 1.8 s. Without the restart 58 s would be left.",
  },
  {
    id: "closed-by-a-later-ack",
    claim: "The ACK of a repeated FIN closes the server.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "server", after: "deliver ACK #2" },
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

// What the document says about the four-way close, and where it must be refined.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { type DocumentedPath, isSegmentRow } from "../../../src/claims/path.ts";
import { type End, otherEnd } from "../../../src/tcp/end.ts";

const CITE = "the document, four-way close";
const RFC_CLOSE = "RFC 9293 §3.6, figure 12";

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
    {
      id: "second-fin",
      from: "server",
      segment: "FIN ACK",
      seq: SERVER_NEXT,
      ack: CLIENT_NEXT + 1,
      condition: "when the server has no data left",
    },
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

/** "Client" means the end that closes first. */
export const CLIENT_WAITS: readonly SceneClaim[] = [
  {
    id: "client-waits",
    claim: "The client is the end that waits in TIME_WAIT.",
    source: "document",
    cite: CITE,
    condition: "when the client closes first",
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "client", after: "deliver ACK #2" },
  },
];

/** The scene that these refine is called documented-numbers. */
export const SERVER_WAITS: readonly SceneClaim[] = [
  {
    id: "server-waits",
    claim: "Closing first, the server is the end that waits in TIME_WAIT.",
    source: "rfc9293",
    cite: `${RFC_CLOSE}: TCP peer A may be either end`,
    refines: "documented-numbers.client-waits",
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "server", after: "deliver ACK #2" },
    explanation:
      "The document calls the end that closes first the client. Either end may be the first, and takes all that the document says of the client upon itself.",
  },
  {
    id: "client-closed",
    claim: "The client that closes second ends in CLOSED at once, and need not wait.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "documented-numbers.client-waits",
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "client", after: "deliver ACK #2" },
  },
];

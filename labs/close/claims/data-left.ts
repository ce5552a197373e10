// The server has data left when the client's FIN arrives: it goes first, or in one segment with the FIN.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "the document, four-way close";
const RFC_ARITHMETIC = "RFC 9293 §3.4";
const SERVER_NEXT = 120;
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
    id: "fin-after-data",
    claim: "With L octets left, the server's FIN has seq 120 + L.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    refines: "documented-numbers.second-fin",
    documented: { kind: "number", value: SERVER_NEXT + REST.length },
    ask: { what: "number", of: { pick: { end: "server", having: "FIN" }, field: "seq" } },
    explanation: "Eight octets went first, and each has a sequence number: the FIN has the number after theirs.",
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

// What the documents and Linux say of a connection that is closed in one direction only.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, isIn } from "../../../src/claims/shorthand.ts";

const HALF_CLOSED = { source: "rfc9293", cite: "RFC 9293 §3.6.1" } as const;
const CLOSING = { source: "rfc9293", cite: "RFC 9293 §3.6, case 1" } as const;
const NODE = { source: "linux", cite: "node:net, allowHalfOpen" } as const;
const MEBIBYTE = 1 << 20;

/** While the server's direction is open: FIN_WAIT_2 here, CLOSE_WAIT there. */
const stillHalfOpen = (id: string, after: string): readonly SceneClaim[] => [
  isIn(
    `${id}-client`,
    "The client, which has ended its sending side, is FIN_WAIT_2.",
    "client",
    "FIN_WAIT_2",
    after,
    CLOSING,
  ),
  isIn(`${id}-server`, "The server, which may still send, is CLOSE_WAIT.", "server", "CLOSE_WAIT", after, CLOSING),
];

export const SERVER_GOES_ON: readonly SceneClaim[] = [
  ...stillHalfOpen("half-closed", "deliver ACK"),
  comesBackWith(
    "end-of-stream",
    "The server's program reads the end of the stream.",
    "server receive",
    "end of stream",
    CLOSING,
  ),
  comesBackWith("server-may-send", "It may go on sending.", "server send", "8", HALF_CLOSED),
  {
    id: "data-acknowledges-the-fin",
    claim: "Its data still acknowledges the FIN, as everything does from now on.",
    source: "rfc9293",
    cite: "RFC 9293 §3.4",
    documented: { kind: "segment", value: "server PSH ACK seq=200 ack=101 length=8" },
    ask: {
      what: "segment",
      pick: { end: "server", carries: "data" },
      fields: ["seq", "ack", "length"],
      numbers: "raw",
    },
  },
  comesBackWith("client-receives-it", "The client's program receives it.", "client receive", '"a little"', HALF_CLOSED),
  comesBackWith(
    "no-write-after-own-fin",
    "After its own FIN the client may not write: EPIPE.",
    "client send",
    "EPIPE",
    {
      source: "linux",
      cite: "send(2); tcp_sendmsg_locked: sk_shutdown & SEND_SHUTDOWN",
    },
  ),
  ...stillHalfOpen("still-half-closed", "client send"),
  isIn(
    "server-last-ack",
    "Then the server ends its side too: LAST_ACK.",
    "server",
    "LAST_ACK",
    "server shutdown",
    CLOSING,
  ),
  isIn(
    "client-time-wait",
    "The client, which closed first, is the one in TIME_WAIT.",
    "client",
    "TIME_WAIT",
    "deliver FIN ACK #2",
    CLOSING,
  ),
  isIn("server-closed", "The server is CLOSED.", "server", "CLOSED", "deliver client ACK #2", CLOSING),
];

export const ONE_MEBIBYTE: readonly SceneClaim[] = [
  ...stillHalfOpen("before", "flow #2"),
  comesBackWith(
    "all-received",
    "All of 1 MiB that the server sends after the client's FIN is received, as it was sent.",
    "server transfer",
    `${MEBIBYTE} octets`,
    HALF_CLOSED,
  ),
  ...stillHalfOpen("after", "server transfer"),
  isIn(
    "client-time-wait",
    "When the server has closed as well, the client is in TIME_WAIT.",
    "client",
    "TIME_WAIT",
    "flow #3",
    CLOSING,
  ),
  isIn("server-closed", "And the server is CLOSED.", "server", "CLOSED", "flow #3", CLOSING),
];

export const HALF_OPEN_IN_NODE: readonly SceneClaim[] = [
  ...stillHalfOpen("half-closed", "pass 100 ms"),
  comesBackWith(
    "server-may-send",
    "With allowHalfOpen Node's server may go on sending.",
    "server send",
    `${MEBIBYTE}`,
    NODE,
  ),
  comesBackWith(
    "client-receives-all",
    "The client receives all of it.",
    "client receive",
    `${MEBIBYTE} octets`,
    HALF_CLOSED,
  ),
  isIn(
    "client-time-wait",
    "When the server has closed, the client is in TIME_WAIT.",
    "client",
    "TIME_WAIT",
    "client receive #2",
    CLOSING,
  ),
];

export const CLOSED_BY_NODE: readonly SceneClaim[] = [
  isIn(
    "client-time-wait",
    "Without allowHalfOpen (Node's default) the server answers a FIN with its own: nothing stays half-open.",
    "client",
    "TIME_WAIT",
    "client receive",
    {
      ...NODE,
      explanation:
        "Node ends the server's side as soon as its program has read the end of the stream. A protocol that relies on half-close needs allowHalfOpen: true at both ends.",
    },
  ),
  comesBackWith(
    "no-more-writes",
    "What the server's program writes then is refused by Node itself.",
    "server send",
    "EPIPE",
    NODE,
  ),
];

export const SHUT_RECEIVING: readonly SceneClaim[] = [
  {
    id: "sends-nothing",
    claim: "Shutting the receiving side sends nothing: TCP has no segment for it.",
    source: "linux",
    cite: "shutdown(2), SHUT_RD; tcp_shutdown, net/ipv4/tcp.c",
    documented: { kind: "number", value: 0 },
    ask: { what: "count", pick: { during: "client shutdown receiving" } },
  },
  isIn("still-established", "The client stays in ESTABLISHED.", "client", "ESTABLISHED", "client shutdown receiving", {
    source: "linux",
    cite: "tcp_shutdown, net/ipv4/tcp.c",
  }),
  comesBackWith("reads-end-of-stream", "Its program reads the end of the stream.", "client receive", "end of stream", {
    source: "linux",
    cite: "shutdown(2)",
  }),
  {
    id: "data-is-acknowledged",
    claim: "What the server sends then is acknowledged all the same.",
    source: "linux",
    cite: "tcp_rcv_established, net/ipv4/tcp_input.c",
    documented: { kind: "segment", value: "client ACK seq=100 ack=204" },
    ask: { what: "segment", pick: { end: "client", flags: "ACK" }, fields: ["seq", "ack"], numbers: "raw" },
  },
  comesBackWith(
    "late-data-is-readable",
    "And can be read: on Linux SHUT_RD stops no data.",
    "client receive #2",
    '"late"',
    {
      source: "linux",
      cite: "tcp_recvmsg_locked, net/ipv4/tcp.c: the queue is read before RCV_SHUTDOWN is",
      explanation:
        "POSIX leaves open what becomes of data that arrives after SHUT_RD. Linux queues it, and a read finds it; when the queue is empty the read says end of stream again.",
    },
  ),
];

export const FORGOTTEN_CLOSE: readonly SceneClaim[] = [
  isIn(
    "client-waits-in-fin-wait-2",
    "The client has called close(); no descriptor is left, and FIN_WAIT_2 waits for a FIN.",
    "client",
    "FIN_WAIT_2",
    "deliver ACK",
    CLOSING,
  ),
  isIn(
    "client-gives-up",
    "After tcp_fin_timeout (1 s here, 60 s by default) Linux forgets it: CLOSED.",
    "client",
    "CLOSED",
    "pass 4 s",
    {
      source: "linux",
      cite: "net.ipv4.tcp_fin_timeout (ip-sysctl)",
    },
  ),
  isIn(
    "server-stays-in-close-wait",
    "The server, whose program forgot to close, stays in CLOSE_WAIT: no timer ends it.",
    "server",
    "CLOSE_WAIT",
    "pass 4 s",
    {
      source: "rfc9293",
      cite: "RFC 9293 §3.3.2: CLOSE-WAIT waits for the local user",
      explanation:
        "This is the leak that engineers meet: a growing number of CLOSE_WAIT means that a program of one's own does not close what its peers have closed. No sysctl ends it; only close() or the end of the process does.",
    },
  ),
  {
    id: "write-finds-nobody",
    claim: "If the program writes at last, the other end answers with RST.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5.2, group 1",
    documented: { kind: "segment", value: "client RST seq=101" },
    ask: { what: "segment", pick: { end: "client", having: "RST" }, fields: ["seq"], numbers: "raw" },
  },
  {
    id: "the-write",
    claim: "The write itself went out like any other.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6.1",
    documented: { kind: "segment", value: "server PSH ACK seq=200 ack=101" },
    ask: { what: "segment", pick: { end: "server", carries: "data" }, fields: ["seq", "ack"], numbers: "raw" },
  },
  isIn(
    "then-closed",
    "The RST takes the forgotten connection to CLOSED.",
    "server",
    "CLOSED",
    "deliver RST",
    HALF_CLOSED,
  ),
];

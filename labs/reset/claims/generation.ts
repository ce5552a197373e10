// Who sends a reset and when: for a port where nobody listens, at the wish of a program, for data that nobody will read.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, counts, isIn, noTimeWaitLeft, sends } from "../../../src/claims/shorthand.ts";
import { LINUX_RESET, NO_CONNECTION, PROCESSING } from "./who-says-so.ts";

export const CLOSED_PORT: readonly SceneClaim[] = [
  sends("syn", "The client sends a SYN, and is in SYN_SENT.", "client SYN seq=100", NO_CONNECTION),
  sends(
    "rst-ack",
    "A SYN for a closed port is answered with RST ACK: seq 0, and ack the SYN's number plus one.",
    "server RST ACK seq=0 ack=101",
    NO_CONNECTION,
  ),
  isIn("gives-up", "It takes the client from SYN_SENT to CLOSED.", "client", "CLOSED", "deliver RST ACK", PROCESSING),
  comesBackWith("econnrefused", "The client's program gets ECONNREFUSED.", "client take error", "ECONNREFUSED", {
    source: "linux",
    cite: "connect(2); tcp_reset: SYN_SENT",
  }),
  counts("attempt-fails", "Tcp.AttemptFails counts it.", "Tcp.AttemptFails", "deliver RST ACK", 1),
  ...noTimeWaitLeft("deliver RST ACK"),
];

export const CLOSED_PORT_IN_NODE: readonly SceneClaim[] = [
  comesBackWith("econnrefused", "Node's code for it is ECONNREFUSED.", "client connect", "ECONNREFUSED", {
    source: "linux",
    cite: "connect(2)",
  }),
];

export const LINGER_ZERO: readonly SceneClaim[] = [
  sends(
    "rst-ack",
    "close() with SO_LINGER {1, 0} sends RST ACK with the numbers that come next, and no FIN.",
    "client RST ACK seq=100 ack=200",
    {
      source: "linux",
      cite: "socket(7), SO_LINGER; tcp_send_active_reset, net/ipv4/tcp_output.c",
    },
  ),
  isIn("aborts-at-once", "The end that aborts is CLOSED at once.", "client", "CLOSED", "client abort", {
    source: "linux",
    cite: "tcp_disconnect, net/ipv4/tcp.c",
  }),
  isIn("kills-the-other", "The RST takes the other end to CLOSED.", "server", "CLOSED", "deliver RST ACK", PROCESSING),
  comesBackWith(
    "econnreset",
    "The other end's program gets ECONNRESET when it reads.",
    "server receive",
    "ECONNRESET",
    LINUX_RESET,
  ),
  comesBackWith(
    "then-end-of-stream",
    "The error is told once; the next read says end of stream.",
    "server receive #2",
    "end of stream",
    LINUX_RESET,
  ),
  comesBackWith("then-epipe", "And a write says EPIPE.", "server send", "EPIPE", LINUX_RESET),
  counts("estab-resets", "Tcp.EstabResets counts the end that aborted.", "Tcp.EstabResets", "client abort", 1),
  counts("out-rsts", "Tcp.OutRsts counts the RST.", "Tcp.OutRsts", "client abort", 1),
  ...noTimeWaitLeft("deliver RST ACK"),
];

export const DESTROYED_IN_NODE: readonly SceneClaim[] = [
  comesBackWith(
    "econnreset",
    "resetAndDestroy() at one end is ECONNRESET at the other.",
    "server receive",
    "ECONNRESET",
    LINUX_RESET,
  ),
  {
    id: "rst-without-fin",
    claim: "It sends RST and no FIN.",
    source: "linux",
    cite: "net.Socket.resetAndDestroy(); SO_LINGER",
    documented: { kind: "number", value: 0 },
    ask: { what: "count", pick: { having: "FIN" } },
    needs: ["namespace"],
  },
  ...noTimeWaitLeft("server receive"),
];

export const UNREAD_DATA: readonly SceneClaim[] = [
  sends("rst-ack", "close() with data unread sends RST, since data was lost.", "server RST ACK seq=200 ack=104", {
    source: "rfc9293",
    cite: "RFC 9293 §3.6.1 (SHLD-3)",
  }),
  comesBackWith("econnreset", "The other end's program gets ECONNRESET.", "client receive", "ECONNRESET", LINUX_RESET),
  counts("abort-on-close", "TCPAbortOnClose counts it.", "TcpExt.TCPAbortOnClose", "server close", 1),
  ...noTimeWaitLeft("deliver RST ACK"),
];

export const DATA_FOR_THE_CLOSED: readonly SceneClaim[] = [
  comesBackWith(
    "first-write-succeeds",
    "The first write to an end that has called close() succeeds: the program cannot know.",
    "client send",
    "4",
    {
      source: "rfc9293",
      cite: "RFC 9293 §3.6: a FIN says only that no more will be sent",
    },
  ),
  sends(
    "rst-for-data",
    "The data is answered with RST, since nobody will read it; its number is the data's ack.",
    "server RST seq=201",
    {
      source: "rfc9293",
      cite: "RFC 9293 §3.6.1 (SHLD-3), §3.5.2",
    },
  ),
  counts("abort-on-data", "TCPAbortOnData counts it.", "TcpExt.TCPAbortOnData", "deliver PSH ACK", 1),
  comesBackWith(
    "then-epipe",
    "The next write is EPIPE, because the RST met an end in CLOSE_WAIT.",
    "client send #2",
    "EPIPE",
    {
      source: "linux",
      cite: "tcp_reset: CLOSE_WAIT, net/ipv4/tcp_input.c",
    },
  ),
  ...noTimeWaitLeft("deliver RST"),
];

export const BEFORE_ACCEPT: readonly SceneClaim[] = [
  isIn("client-closed", "The client, which aborts, is CLOSED.", "client", "CLOSED", "client abort", PROCESSING),
  isIn(
    "only-listener-left",
    "After the RST no witness shows the server's connection any more, only its listener.",
    "server",
    "LISTEN",
    "deliver RST ACK",
    PROCESSING,
  ),
  comesBackWith("accept-succeeds", "accept() still hands it out.", "server accept", "ok", {
    source: "linux",
    cite: "inet_csk_accept, net/ipv4/inet_connection_sock.c",
    explanation:
      "POSIX would allow ECONNABORTED here, and BSD takes the connection out of the queue. Linux leaves it there; the program learns of the RST when it reads.",
  }),
  comesBackWith("then-econnreset", "The first read says ECONNRESET.", "server receive", "ECONNRESET", LINUX_RESET),
  isIn("server-closed", "What was accepted is CLOSED.", "server", "CLOSED", "server accept", PROCESSING),
];

export const LISTENER_CLOSED: readonly SceneClaim[] = [
  sends(
    "rst-ack",
    "A listener that closes sends RST to each connection that no program has accepted.",
    "server RST ACK",
    {
      source: "linux",
      cite: "inet_csk_listen_stop, net/ipv4/inet_connection_sock.c",
    },
  ),
  isIn(
    "client-closed",
    "The client, which was ESTABLISHED, is CLOSED.",
    "client",
    "CLOSED",
    "deliver RST ACK",
    PROCESSING,
  ),
  comesBackWith("econnreset", "Its program gets ECONNRESET.", "client receive", "ECONNRESET", LINUX_RESET),
  ...noTimeWaitLeft("deliver RST ACK"),
];

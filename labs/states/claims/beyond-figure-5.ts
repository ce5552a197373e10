// What figure 5 leaves unsaid: how Linux goes its arrows, and what single witnesses cannot tell apart.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { REQUEST_IS_KEPT } from "../../../src/claims/shorthand.ts";

export const LISTENER_SHUT_DOWN: readonly SceneClaim[] = [
  {
    id: "by-shutdown",
    claim: "shutdown() of both directions closes a listener as well, and keeps the descriptor.",
    source: "linux",
    cite: "inet_shutdown, net/ipv4/af_inet.c",
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "client", after: "client shutdown both" },
  },
  {
    id: "tcp-info-cannot-tell",
    claim: "On the descriptor that is left, TCP_INFO says CLOSED and TIME_WAIT with the same word.",
    source: "linux",
    cite: "tcp_info.tcpi_state, linux/tcp.h: TCP_CLOSE",
    documented: { kind: "text", value: "CLOSED or TIME_WAIT" },
    ask: { what: "testimony", witness: "tcp-info", end: "client", after: "client shutdown both" },
  },
];

export const LISTENER_BESIDE_REQUEST: readonly SceneClaim[] = [
  {
    id: "listener-stays",
    claim: "The listener itself stays in LISTEN: what is in SYN_RCVD is a request beside it.",
    source: "linux",
    cite: "struct request_sock, include/net/request_sock.h",
    documented: { kind: "text", value: "LISTEN to LISTEN" },
    ask: { what: "transition", end: "server", of: "deliver SYN", socket: "listener" },
    explanation:
      "RFC 9293 has one connection that listens and then moves on. Sockets have a listener that stays, and for each SYN a small request beside it, so one port is in LISTEN and in SYN_RCVD at once.",
  },
];

export const NOT_FROM_LISTENER: readonly SceneClaim[] = [
  {
    id: "connect-is-refused",
    claim: "connect() on a listening socket is refused with EISCONN.",
    source: "linux",
    cite: "__inet_stream_connect, net/ipv4/af_inet.c",
    documented: { kind: "text", value: "EISCONN" },
    ask: { what: "outcome", of: "server connect" },
  },
  {
    id: "send-is-refused",
    claim: "A write on a listening socket is refused with EPIPE.",
    source: "linux",
    cite: "sk_stream_wait_connect, net/core/stream.c",
    documented: { kind: "text", value: "EPIPE" },
    ask: { what: "outcome", of: "server send" },
  },
];

export const SYN_SENT_SHUT_DOWN: readonly SceneClaim[] = [
  {
    id: "closes",
    claim: "In SYN_SENT shutdown() of both directions closes as close() does, and keeps the descriptor.",
    source: "linux",
    cite: "inet_shutdown, net/ipv4/af_inet.c",
    documented: { kind: "text", value: "SYN_SENT to CLOSED" },
    ask: { what: "transition", end: "client", of: "client shutdown both" },
  },
];

export const REQUEST_VANISHES: readonly SceneClaim[] = [
  {
    id: "listener-never-left",
    claim: "The listener was in LISTEN before the RST and is in LISTEN after it.",
    source: "linux",
    cite: "tcp_check_req, net/ipv4/tcp_minisocks.c",
    documented: { kind: "text", value: "LISTEN to LISTEN" },
    ask: { what: "transition", end: "server", of: "forge client RST", socket: "listener" },
  },
  {
    id: "only-listener-left",
    claim: "Of the request nothing is left: whoever asks for the server's port finds the listener alone.",
    source: "linux",
    cite: "tcp_check_req, net/ipv4/tcp_minisocks.c",
    condition: REQUEST_IS_KEPT,
    documented: { kind: "text", value: "SYN_RCVD to LISTEN" },
    ask: { what: "transition", end: "server", of: "forge client RST" },
  },
];

export const DEFERRED_SHUTDOWN: readonly SceneClaim[] = [
  {
    id: "stays-in-syn-rcvd",
    claim: "shutdown() in SYN_RCVD sends nothing yet: the end stays in SYN_RCVD.",
    source: "linux",
    cite: "tcp_shutdown, net/ipv4/tcp.c: only from ESTABLISHED, SYN_SENT and CLOSE_WAIT",
    documented: { kind: "state", value: "SYN_RCVD" },
    ask: { what: "state", end: "client", after: "client shutdown" },
    explanation:
      "RFC 9293 §3.10.4 has a CLOSE in SYN-RECEIVED send the FIN at once where nothing was sent. Linux does so for close(), but keeps a shutdown() in mind until the ACK of the SYN has come.",
  },
  {
    id: "sends-no-fin-yet",
    claim: "No FIN has left by then.",
    source: "linux",
    cite: "tcp_shutdown, net/ipv4/tcp.c",
    documented: { kind: "number", value: 0 },
    ask: { what: "count", pick: { end: "client", having: "FIN", during: "client shutdown" } },
  },
  {
    id: "then-fin-wait-1-at-once",
    claim: "When the SYN is acknowledged, the end is in FIN_WAIT_1 without having been seen in ESTABLISHED.",
    source: "linux",
    cite: "tcp_rcv_state_process, net/ipv4/tcp_input.c: sk_shutdown & SEND_SHUTDOWN",
    documented: { kind: "text", value: "SYN_RCVD to FIN_WAIT_1" },
    ask: { what: "transition", end: "client", of: "deliver ACK" },
  },
];

export const CLOSING_AT_BOTH: readonly SceneClaim[] = [
  {
    id: "client-closing",
    claim: "When two FINs cross, both ends are in CLOSING at once: the client.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 13",
    documented: { kind: "state", value: "CLOSING" },
    ask: { what: "state", end: "client", after: "deliver server FIN ACK" },
  },
  {
    id: "server-closing",
    claim: "And the server.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 13",
    documented: { kind: "state", value: "CLOSING" },
    ask: { what: "state", end: "server", after: "deliver server FIN ACK" },
  },
];

export const CLOSED_BY_DESCRIPTOR: readonly SceneClaim[] = [
  {
    id: "tcp-info-sees-it",
    claim: "With the descriptor still open (shutdown(), not close()), TCP_INFO speaks of the CLOSED connection too.",
    source: "linux",
    cite: "tcp_info.tcpi_state, linux/tcp.h: TCP_CLOSE",
    documented: { kind: "text", value: "CLOSED or TIME_WAIT" },
    ask: { what: "testimony", witness: "tcp-info", end: "server", after: "deliver client ACK" },
  },
];

export const UNREAD_DATA: readonly SceneClaim[] = [
  {
    id: "rst-for-unread-data",
    claim: "close() with data that nobody has read sends RST, since data was lost.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6.1 (SHLD-3)",
    documented: { kind: "segment", value: "server RST ACK seq=200" },
    ask: { what: "segment", pick: { end: "server", having: "RST" }, fields: ["seq"], numbers: "raw" },
  },
  {
    id: "no-time-wait-either",
    claim: "That, too, takes Linux to CLOSED and not to TIME_WAIT.",
    source: "linux",
    cite: "__tcp_close, net/ipv4/tcp.c",
    documented: { kind: "text", value: "ESTABLISHED to CLOSED" },
    ask: { what: "transition", end: "server", of: "server close" },
  },
];

export const ABORT_SENDS: readonly SceneClaim[] = [
  {
    id: "closed-at-once",
    claim: "Linux goes to CLOSED at once.",
    source: "linux",
    cite: "tcp_disconnect, net/ipv4/tcp.c",
    documented: { kind: "text", value: "ESTABLISHED to CLOSED" },
    ask: { what: "transition", end: "client", of: "client abort" },
  },
  {
    id: "rst-at-snd-nxt",
    claim: "The RST carries the next number the end would send, and acknowledges what came.",
    source: "linux",
    cite: "tcp_send_active_reset, net/ipv4/tcp_output.c",
    documented: { kind: "segment", value: "client RST ACK seq=100 ack=200" },
    ask: { what: "segment", pick: { end: "client", having: "RST" }, fields: ["seq", "ack"], numbers: "raw" },
  },
];

/** What a plain program can bring about without any privilege: a socket connected to its own port. */
export const SELF_CONNECT: readonly SceneClaim[] = [
  {
    id: "established-with-itself",
    claim:
      "A socket that connects to its own port meets its own SYN, as two ends do that open at once, and is ESTABLISHED.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5, figure 7",
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "client", after: "client connect to itself" },
  },
  {
    id: "syn-crosses-itself",
    claim: "It is answered with SYN ACK: the SYN crossed.",
    source: "rfc9293",
    cite: "RFC 9293 §3.5, figure 7",
    documented: { kind: "number", value: 1 },
    ask: { what: "number", of: { pick: { flags: "SYN ACK" }, field: "ACK" } },
  },
  {
    id: "time-wait-with-itself",
    claim: "Its FIN meets itself as well, as in a simultaneous close, and it ends in TIME_WAIT.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 13",
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "client", after: "client receive" },
  },
];

const byTracepoint = (end: "client" | "server", after: string) =>
  ({ what: "testimony", witness: "tracepoint", end, after }) as const;

/** What sock:inet_sock_set_state cannot name. */
export const TRACEPOINT_CANNOT_NAME: readonly SceneClaim[] = [
  {
    id: "no-event-for-a-request",
    claim: "The tracepoint tells nothing of a half-open request: the server may be in LISTEN or in SYN_RCVD.",
    source: "linux",
    cite: "sock:inet_sock_set_state, include/trace/events/sock.h",
    documented: { kind: "text", value: "LISTEN or SYN_RCVD" },
    ask: byTracepoint("server", "deliver SYN"),
    needs: ["tracepoint"],
    explanation:
      "A request socket is no full socket. The event for SYN_RCVD comes only when the third segment makes a socket of it, immediately before the one for ESTABLISHED.",
  },
  {
    id: "time-wait-looks-like-closed",
    claim:
      "After the second FIN it tells of a socket that is closed: TIME_WAIT, CLOSED, or an orphan in FIN_WAIT_2, it cannot say which.",
    source: "linux",
    cite: "sock:inet_sock_set_state; tcp_time_wait, net/ipv4/tcp_minisocks.c",
    documented: { kind: "text", value: "CLOSED or FIN_WAIT_2 or TIME_WAIT" },
    ask: byTracepoint("client", "deliver FIN ACK #2"),
    needs: ["tracepoint"],
    explanation:
      "TIME_WAIT is kept by a small socket of its own; the full one goes from FIN_WAIT_2 to CLOSE, and that is what the event says. It says the same of a FIN_WAIT_2 whose program has closed its descriptor.",
  },
];

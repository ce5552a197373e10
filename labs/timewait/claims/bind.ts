// Who gets a port that a TIME_WAIT has: by bind(), and by a newer SYN between the same two ends.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { formsAround } from "../../../src/rfc-model/kernel-changes/kernel-change.ts";
import { FIRST_NUMBER_AFTER_TIME_WAIT } from "../../../src/rfc-model/kernel-changes/kernel-changes.ts";

const outcome = (of: string, value: string) =>
  ({ documented: { kind: "text", value }, ask: { what: "outcome", of } }) as const;

export const EXPLICIT_BIND: readonly SceneClaim[] = [
  {
    id: "bind-is-not-helped",
    ref: "T17",
    claim: "tcp_tw_reuse=1 does not help an explicit bind(): EADDRINUSE.",
    source: "linux",
    cite: "inet_csk_get_port, net/ipv4/inet_connection_sock.c; tcp_tw_reuse is asked in connect() alone",
    ...outcome("others bind the client's port", "EADDRINUSE"),
  },
];

const REUSEADDR = "socket(7), SO_REUSEADDR";

export const BIND_AGAIN: readonly SceneClaim[] = [
  {
    id: "over-listen-without",
    ref: "T18",
    claim: "Over a LISTEN a second server cannot bind: EADDRINUSE.",
    source: "linux",
    cite: REUSEADDR,
    ...outcome("others bind the server's port", "EADDRINUSE"),
  },
  {
    id: "over-listen-with",
    ref: "T18",
    claim: "SO_REUSEADDR does not change that.",
    source: "linux",
    cite: REUSEADDR,
    ...outcome("others bind the server's port with SO_REUSEADDR", "EADDRINUSE"),
  },
  {
    id: "over-time-wait-without",
    ref: "T18",
    claim: "Over its TIME_WAIT alone a server cannot bind again without SO_REUSEADDR: EADDRINUSE.",
    source: "linux",
    cite: REUSEADDR,
    ...outcome("others bind the server's port #2", "EADDRINUSE"),
  },
  {
    id: "over-time-wait-with",
    ref: "T18",
    claim: "With SO_REUSEADDR it can, and listens.",
    source: "linux",
    cite: REUSEADDR,
    condition: "the socket that left the TIME_WAIT had it set as well",
    ...outcome("others bind the server's port with SO_REUSEADDR #2", "ok"),
  },
];

export const NEWER_SYN: readonly SceneClaim[] = [
  {
    id: "server-was-in-time-wait",
    ref: "T19",
    claim: "The server closed first and is in TIME_WAIT.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6",
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "server", after: "client close" },
  },
  {
    id: "takes-a-newer-syn",
    ref: "T19",
    claim: "A newer SYN on the same pair of addresses and ports opens a new connection at once.",
    source: "rfc1122",
    cite: "RFC 1122 §4.2.2.13; RFC 6191 §2",
    documented: { kind: "text", value: "ok" },
    ask: { what: "outcome", of: "client connect #2" },
  },
  {
    id: "time-wait-is-gone",
    ref: "T19",
    claim: "The new connection has taken the TIME_WAIT's place.",
    source: "rfc1122",
    cite: "RFC 1122 §4.2.2.13",
    documented: { kind: "state", value: "ESTABLISHED" },
    ask: { what: "state", end: "server", after: "client connect #2" },
  },
  {
    id: "starts-past-the-old-numbers",
    ref: "T20",
    claim: "The new incarnation's first number is the old SND.NXT + 65535 + 2.",
    source: "linux",
    cite: "tcp_timewait_state_process, net/ipv4/tcp_minisocks.c: tw_snd_nxt + 65535 + 2",
    documented: { kind: "number", value: 65_537 },
    ask: {
      what: "number",
      of: { pick: { end: "server", flags: "SYN ACK", nth: 2 }, field: "seq" },
      minus: { pick: { end: "client", having: "FIN" }, field: "ack" },
    },
    forms: formsAround(
      FIRST_NUMBER_AFTER_TIME_WAIT,
      { kind: "number", value: 65_537 },
      { kind: "text", value: "every segment" },
      { what: "every", rule: "initial-numbers-follow-the-clock", pick: { end: "server", flags: "SYN ACK" } },
    ),
  },
];

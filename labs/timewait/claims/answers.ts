// How sparingly TIME_WAIT answers, what its neighbour, the orphan in FIN_WAIT_2, answers, and what ends either from outside.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { answeredWithRst } from "./segments.ts";

const MINISOCKS = "tcp_timewait_state_process, net/ipv4/tcp_minisocks.c";
const IP_SYSCTL = "Documentation/networking/ip-sysctl.rst";

const acksDuring = (during: string) =>
  ({ what: "count", pick: { end: "client", flags: "ACK", during, repeats: "too" } }) as const;

export const SPARING_ANSWERS: readonly SceneClaim[] = [
  {
    id: "first-ack-answered",
    ref: "T26",
    claim: "A pure ACK with an old number that arrives in TIME_WAIT is answered.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_invalid_ratelimit`,
    documented: { kind: "number", value: 1 },
    ask: acksDuring("forge server ACK"),
  },
  {
    id: "second-ack-not-answered",
    ref: "T26",
    claim: "Another within tcp_invalid_ratelimit is not.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_invalid_ratelimit`,
    documented: { kind: "number", value: 0 },
    ask: acksDuring("forge server ACK #2"),
  },
  {
    id: "skipped-is-counted",
    ref: "T26",
    claim: "TCPACKSkippedTimeWait counts the answer that was withheld.",
    source: "linux",
    cite: "tcp_timewait_check_oow_rate_limit, net/ipv4/tcp_minisocks.c",
    documented: { kind: "number", value: 1 },
    ask: { what: "counter", name: "TcpExt.TCPACKSkippedTimeWait", of: "forge server ACK #2" },
  },
  {
    id: "data-is-answered",
    ref: "T26",
    claim: "Data is answered within that time too: it cannot be part of a loop of ACKs.",
    source: "linux",
    cite: "tcp_oow_rate_limited, net/ipv4/tcp_input.c",
    documented: { kind: "number", value: 1 },
    ask: acksDuring("forge server PSH ACK"),
  },
  answeredWithRst("ack-is-answered-with-rst", "T26", "forge server ACK"),
  answeredWithRst("ack-of-data-is-answered-with-rst", "T26", "forge server PSH ACK"),
];

export const DATA_FOR_AN_ORPHAN: readonly SceneClaim[] = [
  {
    id: "rst",
    ref: "T27",
    claim: "Data for an orphan in FIN_WAIT_2 is answered with RST.",
    source: "linux",
    cite: `${MINISOCKS}: FIN_WAIT2, new data after the socket was closed`,
    documented: { kind: "segment", value: "client RST" },
    ask: { what: "segment", pick: { end: "client", during: "server send" }, fields: [], numbers: "raw" },
  },
  {
    id: "rst-with-the-number-acknowledged",
    ref: "T27",
    claim: "The RST has the number that the data acknowledges.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.1: <SEQ=SEG.ACK><CTL=RST>",
    documented: { kind: "number", value: 0 },
    ask: {
      what: "number",
      of: { pick: { end: "client", having: "RST" }, field: "seq" },
      minus: { pick: { end: "server", carries: "data" }, field: "ack" },
    },
  },
  {
    id: "orphan-is-gone",
    ref: "T27",
    claim: "The orphan is gone at once.",
    source: "linux",
    cite: MINISOCKS,
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "client", after: "server send" },
  },
];

export const DESTROYED: readonly SceneClaim[] = [
  {
    id: "ss-kill-ends-it",
    ref: "T28",
    claim: "ss -K can end a TIME_WAIT.",
    source: "linux",
    cite: "SOCK_DESTROY, CONFIG_INET_DIAG_DESTROY; tcp_abort, net/ipv4/tcp.c",
    needs: ["diag-destroy"],
    documented: { kind: "text", value: "TIME_WAIT to CLOSED" },
    ask: { what: "transition", end: "client", of: "others destroy the client's socket" },
  },
];

// Who has TIME_WAIT after a close, who has not, and whose it is.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import type { End } from "../../../src/tcp/end.ts";
import type { TcpState } from "../../../src/tcp/state.ts";

const RFC_CLOSE = "RFC 9293 §3.6, closing a connection";

const state = (end: End, value: TcpState, after: string) =>
  ({ documented: { kind: "state", value }, ask: { what: "state", end, after } }) as const;

/** `first`: the end that sends its FIN first. */
const endThatClosesFirst = (first: End, second: End): readonly SceneClaim[] => [
  {
    id: "first-has-it",
    ref: "T9",
    claim: `The ${first} closed first, and is in TIME_WAIT.`,
    source: "rfc9293",
    cite: RFC_CLOSE,
    ...state(first, "TIME_WAIT", "deliver ACK #2"),
  },
  {
    id: "second-has-none",
    ref: "T9",
    claim: `The ${second} closed second, and is CLOSED.`,
    source: "rfc9293",
    cite: RFC_CLOSE,
    ...state(second, "CLOSED", "deliver ACK #2"),
  },
];

export const CLIENT_FIRST: readonly SceneClaim[] = [
  ...endThatClosesFirst("client", "server"),
  {
    id: "tcp-info-cannot-tell",
    ref: "T13",
    claim: "TCP_INFO on the still open descriptor of a TIME_WAIT says CLOSE (7).",
    source: "linux",
    cite: "tcp_time_wait and tcp_done, net/ipv4: the socket goes to CLOSE, a mini-socket takes its place",
    documented: { kind: "text", value: "tcpi_state=7" },
    ask: { what: "said", by: "tcp-info", end: "client", after: "deliver ACK #2" },
    explanation:
      "TIME_WAIT is a mini-socket that nobody's descriptor leads to. A program that asks its own descriptor cannot tell TIME_WAIT from CLOSED; only lists of sockets show it.",
  },
];

export const SERVER_FIRST: readonly SceneClaim[] = endThatClosesFirst("server", "client");

export const TOGETHER: readonly SceneClaim[] = (["client", "server"] as const).map((end) => ({
  id: `${end}-has-it`,
  ref: "T10",
  claim: `After a simultaneous close the ${end} is in TIME_WAIT: both ends are.`,
  source: "rfc9293",
  cite: "RFC 9293 §3.6, figure 13",
  ...state(end, "TIME_WAIT", "deliver client ACK"),
}));

/** `abort`: the step that sends the RST; `peer`: who reads of it. */
const resetLeavesNone = (abort: string): readonly SceneClaim[] => [
  ...(["client", "server"] as const).map(
    (end): SceneClaim => ({
      id: `${end}-has-none`,
      ref: "T11",
      claim: `A connection that ends by RST leaves no TIME_WAIT: the ${end} is CLOSED.`,
      source: "rfc1122",
      cite: "RFC 1122 §4.2.2.13; RFC 9293 §3.6.1",
      ...state(end, "CLOSED", "deliver RST ACK"),
    }),
  ),
  {
    id: "sends-rst",
    ref: "T11",
    claim: "Such a close sends RST in the stead of FIN.",
    source: "rfc1122",
    cite: "RFC 1122 §4.2.2.13; socket(7), SO_LINGER",
    documented: { kind: "segment", value: "client RST ACK" },
    ask: { what: "segment", pick: { end: "client", during: abort }, fields: [], numbers: "raw" },
  },
  {
    id: "peer-reads-reset",
    ref: "T11",
    claim: "The other end's program reads ECONNRESET.",
    source: "rfc9293",
    cite: 'RFC 9293 §3.10.7.4, second: signal "connection reset"',
    documented: { kind: "text", value: "ECONNRESET" },
    ask: { what: "outcome", of: "server receive" },
  },
];

export const LINGER_ZERO = resetLeavesNone("client abort");
export const UNREAD_DATA = resetLeavesNone("client close");

export const PROCESS_GONE: readonly SceneClaim[] = [
  {
    id: "outlives-the-process",
    ref: "T12",
    claim: "TIME_WAIT outlives the process: its program has exited, and it stands.",
    source: "linux",
    cite: "inet_twsk_alloc, net/ipv4/inet_timewait_sock.c",
    ...state("client", "TIME_WAIT", "server close"),
  },
  {
    id: "belongs-to-nobody",
    ref: "T12",
    claim: "It belongs to no process: its inode is 0, so no descriptor leads to it.",
    source: "linux",
    cite: "inet_twsk_diag_fill, net/ipv4/inet_diag.c: idiag_inode is 0",
    documented: { kind: "number", value: 0 },
    ask: { what: "inode", end: "client", after: "server close" },
    explanation: "ss -p and lsof can name no program for a TIME_WAIT: there is none. Nothing is to be killed.",
  },
];

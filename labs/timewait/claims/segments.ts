// What arrives in TIME_WAIT and what becomes of it: FINs and old data that come again, and RSTs.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const RFC_TIME_WAIT = "RFC 9293 §3.10.7.4, TIME-WAIT";
const MINISOCKS = "tcp_timewait_state_process, net/ipv4/tcp_minisocks.c";
const IP_SYSCTL = "Documentation/networking/ip-sysctl.rst";

const timeWaitTimer = (after: string, within: number) =>
  ({
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "timer", end: "client", after, kind: "time-wait", within },
  }) as const;

export const LAST_ACK_HELD: readonly SceneClaim[] = [
  {
    id: "fin-comes-again",
    ref: "T7",
    claim: "While the last ACK is held, the server in LAST_ACK repeats its FIN by itself.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 12, and §3.8.1",
    documented: { kind: "segment", value: "server FIN ACK" },
    ask: { what: "segment", pick: { end: "server", flags: "FIN ACK", repeats: "only" }, fields: [], numbers: "raw" },
  },
  {
    id: "acknowledged-again",
    ref: "T7",
    claim: "A repeated FIN is acknowledged again.",
    source: "rfc9293",
    cite: RFC_TIME_WAIT,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "repeated-fin-acknowledged-again", pick: { repeats: "too" } },
  },
  {
    id: "closes-in-the-end",
    ref: "T7",
    claim: "The ACK, when it comes at last, closes the server.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 12",
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "server", after: "deliver ACK #2" },
  },
  {
    id: "first-ack-was-held",
    ref: "T7",
    claim: "Until then the server is in LAST_ACK.",
    source: "rfc9293",
    cite: "RFC 9293 §3.6, figure 12",
    documented: { kind: "state", value: "LAST_ACK" },
    ask: { what: "state", end: "server", after: "pass 4 s" },
  },
  {
    id: "starts-over",
    ref: "T7",
    claim: "Each starts the 60 s anew: after 4 s the countdown is back at 59 s.",
    source: "rfc9293",
    cite: `${RFC_TIME_WAIT}: restart the 2 MSL timeout; ${MINISOCKS}`,
    documented: { kind: "duration-ms", value: 60_000 },
    ask: {
      what: "timer",
      end: "client",
      after: "pass 4 s",
      kind: "time-wait",
      since: { end: "server", having: "FIN", repeats: "only" },
      within: 1000,
    },
    explanation:
      "The FIN comes again after about 0.2, 0.5, 0.9, 1.8 and 3.5 s. Without the restart 56 s would be left. TIME_WAIT is no socket that a gate could guard: what is sent to it arrives at once.",
  },
];

/** An answer that TIME_WAIT gives reaches an end that is CLOSED, which answers it in its turn. */
export const answeredWithRst = (id: string, ref: string, during: string): SceneClaim => ({
  id,
  ref,
  claim: "The other end, CLOSED by now, answers that ACK with RST.",
  source: "rfc9293",
  cite: "RFC 9293 §3.10.7.1, CLOSED; RFC 1337 §1",
  documented: { kind: "segment", value: "server RST" },
  ask: { what: "segment", pick: { end: "server", having: "RST", during, repeats: "too" }, fields: [], numbers: "raw" },
});

const assassin = (
  id: string,
  claim: string,
  cite: string,
  value: "CLOSED" | "TIME_WAIT",
  after: string,
): SceneClaim => ({
  id,
  ref: "T24",
  claim,
  source: "rfc1337",
  cite,
  documented: { kind: "state", value },
  ask: { what: "state", end: "client", after },
});

export const ASSASSINATION: readonly SceneClaim[] = [
  assassin(
    "rst-elsewhere-is-ignored",
    "A RST elsewhere in the window does not end TIME_WAIT.",
    MINISOCKS,
    "TIME_WAIT",
    "forge server RST",
  ),
  {
    ...assassin(
      "rst-ends-it",
      "With tcp_rfc1337=0 a RST at exactly RCV.NXT ends TIME_WAIT: assassination.",
      "RFC 1337 §1",
      "CLOSED",
      "forge server RST #2",
    ),
    explanation: `${IP_SYSCTL} words it the other way round ("if set ... we are not conforming to RFC, but prevent tcp TIME_WAIT assassination"): 0 lets it happen, 1 drops the RST.`,
  },
];

export const ASSASSINATION_FORBIDDEN: readonly SceneClaim[] = [
  assassin(
    "rst-elsewhere-is-ignored",
    "A RST elsewhere in the window does not end TIME_WAIT.",
    MINISOCKS,
    "TIME_WAIT",
    "forge server RST",
  ),
  assassin(
    "rst-does-not-end-it",
    "With tcp_rfc1337=1 a RST at exactly RCV.NXT does not end TIME_WAIT.",
    `RFC 1337 §3, fix F1; ${IP_SYSCTL}, tcp_rfc1337`,
    "TIME_WAIT",
    "forge server RST #2",
  ),
];

const REPLAY = "replay server PSH ACK";

const oldDataIsAnswered: SceneClaim = {
  id: "answered-with-an-ack",
  ref: "T25",
  claim: "An old duplicate data segment that arrives in TIME_WAIT is answered with an ACK.",
  source: "rfc9293",
  cite: "RFC 9293 §3.10.7.4, first: an unacceptable segment is answered with an ACK",
  documented: { kind: "segment", value: "client ACK" },
  ask: { what: "segment", pick: { end: "client", during: REPLAY, repeats: "too" }, fields: [], numbers: "raw" },
};

export const ASSASSINATION_BY_OLD_DUPLICATE: readonly SceneClaim[] = [
  oldDataIsAnswered,
  answeredWithRst("closed-end-answers-with-rst", "T24", REPLAY),
  {
    ...assassin(
      "time-wait-is-gone",
      "That RST has exactly the number TIME_WAIT expects next, and ends it: an old duplicate is enough for an assassination.",
      "RFC 1337 §1, figure 1",
      "CLOSED",
      REPLAY,
    ),
    explanation:
      "Nobody forged a RST here. The duplicate makes TIME_WAIT answer, the answer makes the closed end reset, and the reset ends TIME_WAIT long before its 60 s: what TIME_WAIT is there to prevent can undo it.",
  },
];

export const OLD_DUPLICATE: readonly SceneClaim[] = [
  oldDataIsAnswered,
  answeredWithRst("closed-end-answers-with-rst", "T25", REPLAY),
  {
    id: "countdown-before",
    ref: "T25",
    claim: "Four seconds after the close 56 s are left.",
    source: "linux",
    cite: "TCP_TIMEWAIT_LEN, include/net/tcp.h",
    documented: { kind: "duration-ms", value: 56_000 },
    ask: { what: "timer", end: "client", after: "pass 4 s", kind: "time-wait", within: 1900 },
  },
  {
    id: "rearms",
    ref: "T25",
    claim: "It starts the 60 s anew.",
    source: "linux",
    cite: `${MINISOCKS}: any segment with ACK reschedules`,
    ...timeWaitTimer(REPLAY, 1900),
  },
];

export const NEW_INCARNATION: readonly SceneClaim[] = [
  {
    id: "not-delivered",
    ref: "T25",
    claim: "An old duplicate that arrives in a new incarnation is not delivered to the program.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, first: it is not acceptable, its numbers being old; RFC 7323 §5, PAWS",
    documented: { kind: "text", value: "EAGAIN" },
    ask: { what: "outcome", of: "server receive #2" },
  },
  {
    id: "answered",
    ref: "T25",
    claim: "It is answered with an ACK.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, first",
    documented: { kind: "segment", value: "server ACK" },
    ask: {
      what: "segment",
      pick: { end: "server", during: "replay client PSH ACK", repeats: "too" },
      fields: [],
      numbers: "raw",
    },
  },
  {
    id: "first-was-delivered",
    ref: "T25",
    claim: "The original, in its own incarnation, was.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, seventh",
    documented: { kind: "text", value: '"old data"' },
    ask: { what: "outcome", of: "server receive" },
  },
];

// The flags of a segment: each in its role, and absent where it has none.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, number, times } from "../../../src/claims/shorthand.ts";

const DOCUMENT = { source: "document", cite: "the document, flags" } as const;
const RESET_GENERATION = { source: "rfc9293", cite: "RFC 9293 §3.5.2, group 1" } as const;
const ECN = { source: "rfc9293", cite: "RFC 9293 §3.1; RFC 3168 §6.1.1" } as const;
const FORCED_PUSH = { source: "linux", cite: "forced_push, net/ipv4/tcp.c" } as const;

const ECN_UNASKED = "while ECN is not asked for (tcp_ecn=2, the default, only answers it)";

const FIRST_SYN = { end: "client", flags: "SYN" } as const;
const DATA = { carries: "data" } as const;

export const EACH_IN_ITS_ROLE: readonly SceneClaim[] = [
  times("syn-once-each", "SYN opens: each end sends it once, in its first segment.", 2, { having: "SYN" }, DOCUMENT),
  number(
    "first-syn-without-ack",
    "The first SYN has nothing to acknowledge, and no ACK.",
    0,
    { pick: FIRST_SYN, field: "ACK" },
    DOCUMENT,
  ),
  {
    id: "ack-ever-after",
    claim: "ACK acknowledges: every segment after the first SYN carries it.",
    ...DOCUMENT,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "ack-present-after-first-syn" },
  },
  number(
    "psh-ends-a-write",
    "PSH pushes to the application: the last segment of a write carries it.",
    1,
    { pick: DATA, field: "PSH" },
    DOCUMENT,
  ),
  times(
    "psh-with-data-only",
    "No segment without data carries PSH.",
    0,
    { having: "PSH", carries: "nothing" },
    DOCUMENT,
  ),
  times("fin-once-each", "FIN finishes: each end sends it once.", 2, { having: "FIN" }, DOCUMENT),
  times("no-rst", "RST has no role in an orderly connection: none is sent.", 0, { having: "RST" }, DOCUMENT),
  times("no-urg", "URG has no role where nothing is urgent: none is sent.", 0, { having: "URG" }, DOCUMENT),
  {
    ...times("six-flags", "There are six flags: no segment here has another.", 0, { having: "ECE" }, DOCUMENT),
    condition: ECN_UNASKED,
  },
  {
    ...times("no-cwr", "CWR, the eighth flag, is not set either.", 0, { having: "CWR" }, ECN),
    condition: ECN_UNASKED,
  },
];

/** Of 40 000 octets in 28 segments or more, to a peer that offers a window of 64 KiB. */
export const PSH_IN_A_LONG_WRITE: readonly SceneClaim[] = [
  comesBackWith("one-write", "The kernel takes all of it in one write.", "client send", "40000", {
    source: "linux",
    cite: "net.ipv4.tcp_wmem (ip-sysctl)",
  }),
  number(
    "last-has-psh",
    "The last segment of a long write carries PSH.",
    1,
    { pick: { ...DATA, nth: -1 }, field: "PSH" },
    DOCUMENT,
  ),
  {
    ...times(
      "psh-ends-a-write-only",
      "PSH comes at the end of a write and nowhere else.",
      1,
      { having: "PSH", ...DATA },
      DOCUMENT,
    ),
    condition: "for a write of less than half the peer's window",
    expected: "contradicts",
    explanation:
      "Here the write is longer. Whenever more than half of the largest window that the peer ever offered has been written since the last PSH, Linux sets it as well, so that a receiver that waits for PSH does not starve.",
  },
  {
    ...times(
      "psh-at-half-a-window",
      "Inside a long write PSH is set each time half the peer's window has been written.",
      2,
      { having: "PSH", ...DATA },
      FORCED_PUSH,
    ),
    condition: "for 40 000 octets to a peer that offers 64 KiB (unless tcp_workaround_signed_windows halves that)",
    refines: "psh-ends-a-write-only",
  },
];

export const RST_FOR_A_SYN: readonly SceneClaim[] = [
  {
    id: "rst-ack-for-syn",
    claim: "What has no ACK is reset with RST ACK: seq is 0, ack is its seq plus its length.",
    ...RESET_GENERATION,
    documented: { kind: "segment", value: "server RST ACK seq=0 ack=101" },
    ask: { what: "segment", pick: { end: "server", having: "RST" }, fields: ["seq", "ack"], numbers: "raw" },
  },
  times("the-syn", "One SYN was sent.", 1, FIRST_SYN, DOCUMENT),
];

export const RST_FOR_AN_ACK: readonly SceneClaim[] = [
  {
    id: "rst-alone-for-ack",
    claim: "What has ACK is reset with RST alone: seq is its ack.",
    ...RESET_GENERATION,
    documented: { kind: "segment", value: "server RST seq=200" },
    ask: { what: "segment", pick: { end: "server", having: "RST", nth: 2 }, fields: ["seq"], numbers: "raw" },
  },
  {
    id: "rst-ack-by-an-abort",
    claim: "An end that aborts sends RST ACK: seq is its next number, ack what it expects.",
    source: "linux",
    cite: "tcp_send_active_reset, net/ipv4/tcp_output.c",
    documented: { kind: "segment", value: "server RST ACK seq=200 ack=100" },
    ask: { what: "segment", pick: { end: "server", having: "RST" }, fields: ["seq", "ack"], numbers: "raw" },
    explanation:
      "RST alone would do, since its seq is what counts. Linux has an acknowledgement to give, and gives it.",
  },
  times("the-data", "The data that met nobody was sent once.", 1, { end: "client", ...DATA }, DOCUMENT),
];

export const EXPLICIT_CONGESTION: readonly SceneClaim[] = [
  {
    ...times("six-flags", "There are six flags: no segment has another.", 0, { having: "ECE" }, DOCUMENT),
    expected: "contradicts",
    explanation:
      "RFC 3168 took two more bits of the header. With tcp_ecn=1 a client asks for explicit congestion notification by setting both in its SYN.",
  },
  {
    ...number(
      "syn-has-ece",
      "RFC 9293 knows eight: a SYN that asks for ECN carries ECE,",
      1,
      { pick: { end: "client", having: "SYN" }, field: "ECE" },
      ECN,
    ),
    refines: "six-flags",
  },
  {
    ...number("syn-has-cwr", "and CWR.", 1, { pick: { end: "client", having: "SYN" }, field: "CWR" }, ECN),
    refines: "six-flags",
  },
  number(
    "syn-ack-has-ece",
    "The SYN ACK that agrees carries ECE,",
    1,
    { pick: { end: "server", having: "SYN ACK" }, field: "ECE" },
    ECN,
  ),
  number("syn-ack-without-cwr", "and not CWR.", 0, { pick: { end: "server", having: "SYN ACK" }, field: "CWR" }, ECN),
  times("nothing-after", "After the handshake neither is set: nothing is congested here.", 2, { having: "ECE" }, ECN),
];

// URG and the urgent pointer, and what the socket interface makes of them.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, number, times } from "../../../src/claims/shorthand.ts";

const DOCUMENT = { source: "document", cite: "the document, flags" } as const;
const URGENT = { source: "rfc9293", cite: "RFC 9293 §3.8.5 (MUST-62)" } as const;

/** tcp_check_urg, net/ipv4/tcp_input.c; the pointer of what is sent is the same. */
const POINTS_PAST = "while tcp_stdurg=0, the default: with 1 Linux takes the octet at the pointer for the urgent one";

const URG_SEGMENT = { end: "client", having: "URG" } as const;

const URGENT_SENT: readonly SceneClaim[] = [
  times("one-urg", "URG marks urgent data: the segment that carries it has URG.", 1, { having: "URG" }, DOCUMENT),
  number(
    "pointer",
    "Its urgent pointer counts from seq to the octet that follows the urgent one: 4 for the last of four octets.",
    4,
    { pick: URG_SEGMENT, field: "urgentPointer" },
    {
      ...URGENT,
      explanation:
        "RFC 793 had it both ways, RFC 1122 chose the last urgent octet, and everybody sent the octet after it; RFC 6093 and RFC 9293 made that the rule.",
    },
  ),
  comesBackWith(
    "not-at-mark",
    "Before anything is read, reading does not stand at the mark (SIOCATMARK).",
    "server at mark",
    "no",
    {
      source: "linux",
      cite: "tcp(7), SIOCATMARK",
    },
  ),
  comesBackWith("read-stops-at-mark", "A read stops at the mark.", "server receive", '"abc"', {
    source: "linux",
    cite: "tcp_recvmsg_locked, net/ipv4/tcp.c",
    condition: POINTS_PAST,
  }),
  comesBackWith("at-mark", "Then reading stands at the mark.", "server at mark #2", "yes", {
    source: "linux",
    cite: "tcp(7), SIOCATMARK",
  }),
];

export const OUT_OF_BAND: readonly SceneClaim[] = [
  ...URGENT_SENT,
  comesBackWith(
    "urgent-octet-alone",
    "The urgent octet is read by itself (MSG_OOB): it is one octet, whatever was written with it.",
    "server receive urgent",
    '"!"',
    {
      source: "linux",
      cite: "recv(2), MSG_OOB; RFC 6093 §3.3",
      condition: POINTS_PAST,
    },
  ),
  comesBackWith(
    "not-in-the-stream",
    "It is taken out of the stream: the next read finds nothing.",
    "server receive #2",
    "EAGAIN",
    {
      source: "linux",
      cite: "RFC 6093 §3.1",
      explanation:
        "TCP knows no out-of-band data, only a mark in the stream. That the octet is set apart is the socket interface's doing; SO_OOBINLINE leaves it where it was sent.",
    },
  ),
];

export const INLINE: readonly SceneClaim[] = [
  ...URGENT_SENT,
  comesBackWith(
    "in-the-stream",
    "With SO_OOBINLINE the urgent octet is read in its place.",
    "server receive #2",
    '"!"',
    {
      source: "rfc9293",
      cite: "RFC 9293 §3.8.5; RFC 6093 §3.1",
      condition: POINTS_PAST,
    },
  ),
  comesBackWith("no-oob-read", "MSG_OOB is then refused with EINVAL.", "server receive urgent", "EINVAL", {
    source: "linux",
    cite: "tcp_recv_urg, net/ipv4/tcp.c",
  }),
];

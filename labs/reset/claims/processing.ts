// Which resets kill: by their acknowledgement in SYN_SENT, by their number afterwards.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, counts, isIn, sends, silence } from "../../../src/claims/shorthand.ts";
import { LINUX_RESET, MITIGATION, PROCESSING } from "./who-says-so.ts";

export const RST_IN_SYN_SENT: readonly SceneClaim[] = [
  isIn(
    "wrong-ack-is-ignored",
    "In SYN_SENT a RST that does not acknowledge the SYN is ignored.",
    "client",
    "SYN_SENT",
    "forge server RST ACK",
    PROCESSING,
  ),
  silence("wrong-ack-is-not-answered", "client", "forge server RST ACK", {
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.3",
  }),
  isIn("without-ack-is-ignored", "So is a RST without ACK.", "client", "SYN_SENT", "forge server RST", PROCESSING),
  isIn(
    "right-ack-kills",
    "A RST that acknowledges the SYN takes the client to CLOSED.",
    "client",
    "CLOSED",
    "forge server RST ACK #2",
    PROCESSING,
  ),
  comesBackWith("econnrefused", "The client's program gets ECONNREFUSED.", "client take error", "ECONNREFUSED", {
    source: "linux",
    cite: "tcp_reset: SYN_SENT",
  }),
];

export const RST_IN_THE_WINDOW: readonly SceneClaim[] = [
  {
    ...isIn(
      "in-window-kills",
      "A RST anywhere in the window is valid and takes the connection to CLOSED.",
      "client",
      "CLOSED",
      "forge server RST",
      PROCESSING,
    ),
    expected: "contradicts",
    explanation:
      "That rule lets anybody who guesses a number within 65 thousand end a connection. RFC 5961 asks for the exact number, and has anything else in the window questioned.",
  },
  {
    ...isIn(
      "in-window-is-questioned",
      "A RST in the window but not at RCV.NXT does not kill.",
      "client",
      "ESTABLISHED",
      "forge server RST",
      MITIGATION,
    ),
    refines: "in-window-kills",
  },
  {
    ...sends(
      "challenge-ack",
      "It draws a challenge ACK with the numbers that come next.",
      "client ACK seq=100 ack=200",
      MITIGATION,
    ),
    refines: "in-window-kills",
  },
  counts("challenge-counted", "TCPChallengeACK counts it.", "TcpExt.TCPChallengeACK", "forge server RST", 1),
  isIn(
    "beyond-is-ignored",
    "A RST beyond the window is ignored.",
    "client",
    "ESTABLISHED",
    "forge server RST #2",
    PROCESSING,
  ),
  silence("beyond-is-not-answered", "client", "forge server RST #2", MITIGATION),
  isIn(
    "before-is-ignored",
    "A RST before the window is ignored.",
    "client",
    "ESTABLISHED",
    "forge server RST #3",
    PROCESSING,
  ),
  silence("before-is-not-answered", "client", "forge server RST #3", MITIGATION),
  isIn(
    "exact-kills",
    "A RST at exactly RCV.NXT takes the connection to CLOSED.",
    "client",
    "CLOSED",
    "forge server RST #4",
    MITIGATION,
  ),
  comesBackWith("econnreset", "Its program gets ECONNRESET.", "client receive", "ECONNRESET", LINUX_RESET),
];

export const RST_BEFORE_THE_FIN: readonly SceneClaim[] = [
  {
    ...isIn(
      "one-before-is-ignored",
      "A RST one before the window is ignored.",
      "server",
      "CLOSE_WAIT",
      "forge client RST",
      PROCESSING,
    ),
    expected: "contradicts",
    explanation:
      "In CLOSE_WAIT, CLOSING and LAST_ACK Linux takes a RST at RCV.NXT - 1 as well: some systems answer with the number of their FIN instead of the one after it.",
  },
  {
    ...isIn(
      "kills-after-a-fin",
      "After a FIN, a RST with the FIN's own number kills too.",
      "server",
      "CLOSED",
      "forge client RST",
      {
        source: "linux",
        cite: "tcp_reset_check, net/ipv4/tcp_input.c",
      },
    ),
    refines: "one-before-is-ignored",
  },
  comesBackWith(
    "epipe",
    "Its program gets EPIPE on a write, since it was in CLOSE_WAIT.",
    "server send",
    "EPIPE",
    LINUX_RESET,
  ),
];

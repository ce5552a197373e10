// A connection of which one end is gone, and how the other finds out.

import type { SceneClaim } from "../../../src/claims/claim.ts";
import { comesBackWith, counts, isIn, noTimeWaitLeft, sends } from "../../../src/claims/shorthand.ts";
import { HALF_OPEN, KEEP_ALIVE, LINUX_RESET, NO_CONNECTION } from "./who-says-so.ts";

export const FOUND_BY_DATA: readonly SceneClaim[] = [
  isIn(
    "half-open",
    "The client does not know: it is still ESTABLISHED.",
    "client",
    "ESTABLISHED",
    "drop RST ACK",
    HALF_OPEN,
  ),
  isIn("other-end-gone", "The server is CLOSED.", "server", "CLOSED", "drop RST ACK", HALF_OPEN),
  sends("data-finds-nobody", "The client's data finds no socket.", "client PSH ACK seq=100 ack=200", HALF_OPEN),
  sends(
    "rst-with-its-ack",
    "It is answered with RST without ACK, whose number is the data's ack.",
    "server RST seq=200",
    NO_CONNECTION,
  ),
  isIn("aborts", "The RST takes the client to CLOSED.", "client", "CLOSED", "deliver RST", HALF_OPEN),
  comesBackWith("econnreset", "The client's program gets ECONNRESET.", "client receive", "ECONNRESET", LINUX_RESET),
  ...noTimeWaitLeft("deliver RST"),
];

export const FOUND_BY_KEEPALIVE: readonly SceneClaim[] = [
  sends(
    "probe-before-the-next",
    "After an idle second the kernel probes: a segment whose seq is SND.NXT - 1.",
    "client ACK seq=99 ack=200",
    KEEP_ALIVE,
  ),
  sends(
    "rst-for-the-probe",
    "The probe finds no socket and is answered with RST.",
    "server RST seq=200",
    NO_CONNECTION,
  ),
  isIn("aborts", "The RST takes the client to CLOSED.", "client", "CLOSED", "deliver RST", HALF_OPEN),
  comesBackWith(
    "econnreset",
    "The client's program, which has done nothing, gets ECONNRESET.",
    "client receive",
    "ECONNRESET",
    LINUX_RESET,
  ),
  ...noTimeWaitLeft("deliver RST"),
];

export const KEEPALIVE_UNHEARD: readonly SceneClaim[] = [
  isIn("gives-up", "If no probe is answered, the client gives up: CLOSED.", "client", "CLOSED", "pass 3 s", KEEP_ALIVE),
  comesBackWith("etimedout", "Its program then gets ETIMEDOUT, not ECONNRESET.", "client receive", "ETIMEDOUT", {
    source: "linux",
    cite: "tcp_keepalive_timer, net/ipv4/tcp_timer.c",
  }),
  counts("abort-on-timeout", "TCPAbortOnTimeout counts it.", "TcpExt.TCPAbortOnTimeout", "pass 3 s", 1),
];

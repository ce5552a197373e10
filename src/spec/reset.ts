// What the documents and Linux say of resets: who sends one, with which numbers, whom it kills, and what the programs get to know.

import type { End } from "../tcp/end.ts";
import type { SceneClaim } from "./claim.ts";
import { comesBackWith, counts, isIn, noTimeWaitLeft } from "./claim-shorthand.ts";

const NO_CONNECTION = { source: "rfc9293", cite: "RFC 9293 §3.5.2, group 1" } as const;
const PROCESSING = { source: "rfc9293", cite: "RFC 9293 §3.5.3" } as const;
const HALF_OPEN = { source: "rfc9293", cite: "RFC 9293 §3.5.1, figure 10" } as const;
const LINUX_RESET = { source: "linux", cite: "tcp_reset, net/ipv4/tcp_input.c" } as const;
const MITIGATION = { source: "rfc5961", cite: "RFC 5961 §3.2" } as const;
const KEEP_ALIVE = { source: "rfc9293", cite: "RFC 9293 §3.8.4" } as const;

/** `segment`: "server RST ACK seq=0 ack=101", raw numbers. */
function sends(id: string, claim: string, segment: string, said: Pick<SceneClaim, "source" | "cite">): SceneClaim {
  const [end = "", ...words] = segment.split(" ");
  const flags = words.filter((word) => !word.includes("="));
  const fields = words.filter((word) => word.includes("=")).map((word) => word.split("=")[0] as "seq" | "ack");
  return {
    id,
    claim,
    ...said,
    documented: { kind: "segment", value: segment },
    ask: { what: "segment", pick: { end: end as End, flags: flags.join(" ") }, fields, numbers: "raw" },
  };
}

const silence = (id: string, end: End, during: string, said: Pick<SceneClaim, "source" | "cite">): SceneClaim => ({
  id,
  claim: "Nothing is sent in answer.",
  ...said,
  documented: { kind: "number", value: 0 },
  ask: { what: "count", pick: { end, during } },
});

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

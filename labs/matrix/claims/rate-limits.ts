// What Linux's rate limits do to challenge ACKs where nobody opens them (RFC 5961 §7 allows it).

import type { SceneClaim } from "../../../src/claims/claim.ts";

export const RATE_LIMITED: readonly SceneClaim[] = [
  {
    id: "first-syn-is-challenged",
    claim: "The first SYN that meets ESTABLISHED draws a challenge ACK.",
    source: "rfc5961",
    cite: "RFC 5961 §4.2",
    documented: { kind: "number", value: 1 },
    ask: { what: "count", pick: { end: "client", flags: "ACK", during: "forge server SYN" } },
  },
  {
    id: "second-syn-is-challenged",
    claim: "The second SYN, less than half a second later, draws one as well.",
    source: "rfc5961",
    cite: "RFC 5961 §4.2",
    documented: { kind: "number", value: 1 },
    expected: "contradicts",
    ask: { what: "count", pick: { end: "client", flags: "ACK", during: "forge server SYN #2" } },
    explanation:
      "RFC 5961 §7 lets a TCP throttle its challenge ACKs. Linux sends a connection at most one in tcp_invalid_ratelimit (500 ms), and the host at most tcp_challenge_ack_limit a second. The other scenes of this lab open both limits, so that silence there means silence.",
  },
  {
    id: "second-syn-is-skipped",
    claim: "Linux skips it, and counts that.",
    source: "linux",
    cite: "Linux, ip-sysctl: tcp_invalid_ratelimit; counter TCPACKSkippedChallenge",
    refines: "second-syn-is-challenged",
    documented: { kind: "number", value: 1 },
    ask: { what: "counter", name: "TcpExt.TCPACKSkippedChallenge", of: "forge server SYN #2" },
  },
];

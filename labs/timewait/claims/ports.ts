// What TIME_WAIT blocks, and what frees it: ports, tcp_tw_reuse, bind, and a new connection on the same pair.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const IP_SYSCTL = "Documentation/networking/ip-sysctl.rst";
const TWO = "others open and close #2";

const count = (of: string, value: string) =>
  ({ documented: { kind: "text", value }, ask: { what: "outcome", of } }) as const;

/** Ports that the scenes of reuse leave the kernel: a few, so that a few connections use them up. */
const NONE_LEFT = "0, then EADDRNOTAVAIL";

export const PORTS_RUN_OUT: readonly SceneClaim[] = [
  {
    id: "p-ports-p-connections",
    ref: "T14",
    claim: "With tcp_tw_reuse=0, 10 ports give 10 connections to one destination, then EADDRNOTAVAIL.",
    source: "linux",
    cite: "__inet_hash_connect, net/ipv4/inet_hashtables.c",
    ...count("others open and close", "10, then EADDRNOTAVAIL"),
  },
];

export const DEFAULT_RANGE: readonly SceneClaim[] = [
  {
    id: "ports-a-second",
    ref: "T15",
    claim: "The default range gives 28232 ports, so 470 connections a second to one destination.",
    source: "linux",
    cite: `${IP_SYSCTL}, ip_local_port_range: 32768 60999`,
    condition:
      "with ip_local_port_range as the kernel has it by itself, and tcp_tw_reuse=0; the scene ports-run-out confirms on ten ports that each is good for one connection",
    // Anywhere else somebody may have set it.
    needs: ["namespace"],
    ...count("count ports", "28232 ports, 470 connections a second"),
    explanation:
      "The limit holds for one source address, one destination address and one destination port. Another destination starts with a full range.",
  },
];

export const REUSE_ON_LOOPBACK: readonly SceneClaim[] = [
  {
    id: "not-at-once",
    ref: "T16",
    claim: "With tcp_tw_reuse=2, the default, a port on loopback is not free again at once.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse`,
    condition: "within one second of the kernel's clock: before Linux 6.14 (ca6a6f93867a) whole seconds are compared",
    ...count(TWO, NONE_LEFT),
  },
  {
    id: "after-a-second",
    ref: "T16",
    claim: "A second later it is: all four ports serve again.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse_delay: 1000 ms by default`,
    ...count("others open and close #3", "4"),
  },
  {
    id: "counted",
    ref: "T23",
    claim: "TWRecycled counts every TIME_WAIT that a new connection takes over.",
    source: "linux",
    cite: "LINUX_MIB_TIMEWAITRECYCLED, tcp_twsk_unique's callers",
    documented: { kind: "number", value: 4 },
    ask: { what: "counter", name: "TcpExt.TWRecycled", of: "others open and close #3" },
  },
];

export const REUSE_DELAY: readonly SceneClaim[] = [
  {
    id: "not-before-the-delay",
    ref: "T16",
    claim: "With tcp_tw_reuse_delay=3000 no port is free again after 1.2 s.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse_delay`,
    needs: ["tw-reuse-delay"],
    ...count(TWO, NONE_LEFT),
  },
  {
    id: "after-the-delay",
    ref: "T16",
    claim: "After 3.7 s all are.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse_delay`,
    needs: ["tw-reuse-delay"],
    ...count("others open and close #3", "4"),
  },
];

export const SHORT_REUSE_DELAY: readonly SceneClaim[] = [
  {
    id: "sooner",
    ref: "T16",
    claim: "With tcp_tw_reuse_delay=100 all ports are free again after 300 ms.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse_delay`,
    needs: ["tw-reuse-delay"],
    ...count(TWO, "4"),
  },
];

export const NOT_BEYOND_LOOPBACK: readonly SceneClaim[] = [
  {
    id: "no-port-back",
    ref: "T16",
    claim: "tcp_tw_reuse=2 reuses loopback's ports only: between addresses outside 127/8 none is free again.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse: 2, enable for loopback traffic only`,
    ...count(TWO, NONE_LEFT),
  },
];

export const REUSE_EVERYWHERE: readonly SceneClaim[] = [
  {
    id: "all-ports-back",
    ref: "T16",
    claim: "tcp_tw_reuse=1 reuses ports everywhere: between the same addresses all are free again after a second.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_tw_reuse: 1, global enable`,
    ...count(TWO, "4"),
  },
];

export const NO_TIMESTAMPS: readonly SceneClaim[] = [
  {
    id: "no-reuse-without-timestamps",
    ref: "T16",
    claim: "Reuse needs timestamps: with tcp_timestamps=0 no port is free again.",
    source: "linux",
    cite: "tcp_twsk_unique, net/ipv4/tcp_ipv4.c: tw_ts_recent_stamp",
    ...count(TWO, NONE_LEFT),
  },
];

export const RECYCLE: readonly SceneClaim[] = [
  {
    id: "recycle-helps",
    ref: "T21",
    claim: "net.ipv4.tcp_tw_recycle=1 helps against TIME_WAIT.",
    source: "folklore",
    cite: "tuning guides from before 2017",
    documented: { kind: "text", value: "ok" },
    expected: "contradicts",
    ask: { what: "outcome", of: "set net.ipv4.tcp_tw_recycle" },
    explanation:
      "It broke clients behind NAT. Linux 4.12 removed it; the setting in a sysctl.conf does nothing but complain.",
  },
  {
    id: "recycle-is-gone",
    ref: "T21",
    claim: "There is no such sysctl since Linux 4.12.",
    source: "linux",
    cite: "4396e46187ca, tcp: remove tcp_tw_recycle",
    refines: "recycle-helps",
    documented: { kind: "text", value: "ENOENT" },
    ask: { what: "outcome", of: "set net.ipv4.tcp_tw_recycle" },
  },
];

export const TOO_MANY: readonly SceneClaim[] = [
  {
    id: "counts-what-is-over",
    ref: "T22",
    claim: "Over tcp_max_tw_buckets=3 no TIME_WAIT is made: of 8 closes TCPTimeWaitOverflow counts 5.",
    source: "linux",
    cite: `${IP_SYSCTL}, tcp_max_tw_buckets`,
    documented: { kind: "number", value: 5 },
    ask: { what: "counter", name: "TcpExt.TCPTimeWaitOverflow", of: "others open and close" },
  },
];

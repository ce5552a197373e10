// Which numbers connections start with: random ones, and what follows the last one there is.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE_NUMBERS = "the document, three-way handshake in absolute numbers";
const RFC_ARITHMETIC = "RFC 9293 §3.4";

/** secure_tcp_seq, net/core/secure_seq.c: a secret hash of addresses and ports, and a clock. */
const OTHER_PORTS =
  "while ip_local_port_range has a port for each connection: with the same addresses and ports the numbers follow a clock (RFC 6528)";

const SYN = { end: "client", flags: "SYN" } as const;
const SYN_ACK = { end: "server", flags: "SYN ACK" } as const;
const THIRD = { end: "client", flags: "ACK", carries: "nothing" } as const;

/** 2^32 - 1 is followed by 0. The scene that this refines is called documented-numbers. */
export const WRAP: readonly SceneClaim[] = [
  {
    id: "last-number",
    claim: "A may pick the last number there is.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "number", value: 4_294_967_295 },
    ask: { what: "number", of: { pick: SYN, field: "seq" } },
  },
  {
    id: "sum-is-modulo-2-to-the-32",
    claim: "B acknowledges 0: plus one is counted modulo 2^32.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    refines: "documented-numbers.ack-is-seq-plus-one",
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: SYN_ACK, field: "ack" } },
    explanation: "The document's plus one is arithmetic modulo 2^32, so the number after 4294967295 is 0.",
  },
  {
    id: "third-segment-starts-at-0",
    claim: "A's next sequence number is 0.",
    source: "rfc9293",
    cite: RFC_ARITHMETIC,
    documented: { kind: "number", value: 0 },
    ask: { what: "number", of: { pick: THIRD, field: "seq" } },
  },
];

/** The scene that these refine is called equal-numbers. */
export const RANDOM_INITIAL_NUMBERS: readonly SceneClaim[] = [
  {
    id: "no-equal-pair",
    claim: "In no connection do both ends start with the same number.",
    source: "linux",
    cite: "RFC 9293 §3.4.1, RFC 6528; secure_seq.c",
    refines: "equal-numbers.b-picks-the-same-number",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-differ" },
    explanation: "The document writes B's number like A's; equal numbers are a coincidence of one in 2^32.",
  },
  {
    id: "client-numbers-uniform",
    claim: "The numbers that clients pick are random.",
    source: "document",
    cite: CITE_NUMBERS,
    condition: OTHER_PORTS,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-uniform", pick: { end: "client" } },
  },
  {
    id: "server-numbers-uniform",
    claim: "The numbers that servers pick are random.",
    source: "document",
    cite: CITE_NUMBERS,
    condition: OTHER_PORTS,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-uniform", pick: { end: "server" } },
  },
  {
    id: "numbers-unrelated",
    claim: "The number that a server picks has nothing to do with its client's: their difference is random, too.",
    source: "linux",
    cite: "RFC 6528 §3; secure_seq.c",
    refines: "equal-numbers.b-picks-the-same-number",
    condition: OTHER_PORTS,
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "initial-numbers-unrelated" },
    explanation:
      "The three tests are those of Kolmogorov and Smirnov; each would call truly random numbers uneven once in more than 10^9 runs.",
  },
];

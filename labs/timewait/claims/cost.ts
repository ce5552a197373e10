// What TIME_WAIT costs: memory for each entry, and time for each look at them.

import type { SceneClaim } from "../../../src/claims/claim.ts";

export const COST: readonly SceneClaim[] = [
  {
    id: "far-smaller-than-a-connection",
    ref: "T29",
    claim: "A TIME_WAIT is far smaller than an end of a connection that stands.",
    source: "linux",
    cite: "struct tcp_timewait_sock against struct tcp_sock, include/linux/tcp.h",
    documented: { kind: "text", value: "far smaller" },
    ask: { what: "growth", figure: "weight", within: 0 },
    explanation:
      "Weighed by the growth of the kernel's slab memory: a TIME_WAIT with its port's bind buckets, an end of a connection with its socket, its file and its buffers.",
  },
  {
    id: "looks-grow-linearly",
    ref: "T30",
    claim: "What a look costs grows linearly with the population.",
    source: "linux",
    cite: "tcp_seq_next, net/ipv4/tcp_ipv4.c; inet_diag_dump_icsk, net/ipv4/inet_diag.c",
    documented: { kind: "number", value: 1 },
    ask: { what: "growth", figure: "exponent", within: 0.5 },
    explanation:
      "The number is the power with which the processor's time of a look grows, of the witness that is furthest from 1, after taking off what a look costs at the smallest population. Each look begins with other things in the processor's caches: from them a small table would be read faster.",
  },
];

// What tcp_fin_timeout really governs: FIN_WAIT_2, and only where no descriptor is left.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "Documentation/networking/ip-sysctl.rst, tcp_fin_timeout: orphaned connections";

export const ORPHAN: readonly SceneClaim[] = [
  {
    id: "counts-down-from-the-timeout",
    ref: "T6",
    claim: "tcp_fin_timeout=6 gives an orphan in FIN_WAIT_2 six seconds.",
    source: "linux",
    cite: CITE,
    documented: { kind: "duration-ms", value: 6000 },
    ask: { what: "timer", end: "client", after: "deliver ACK", kind: "time-wait", within: 1500 },
  },
  {
    id: "stands-before-the-timeout",
    ref: "T6",
    claim: "After 3 s it is still in FIN_WAIT_2.",
    source: "linux",
    cite: CITE,
    documented: { kind: "state", value: "FIN_WAIT_2" },
    ask: { what: "state", end: "client", after: "pass 3 s" },
  },
  {
    id: "is-gone-after-the-timeout",
    ref: "T6",
    claim: "After 8 s it is gone, though the server never closed.",
    source: "linux",
    cite: CITE,
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "client", after: "pass 5 s" },
  },
];

export const HELD_OPEN: readonly SceneClaim[] = [
  {
    id: "never-ends-by-the-timeout",
    ref: "T6",
    claim: "A FIN_WAIT_2 whose descriptor is open does not end by tcp_fin_timeout=2: after 5 s it stands.",
    source: "linux",
    cite: CITE,
    documented: { kind: "state", value: "FIN_WAIT_2" },
    ask: { what: "state", end: "client", after: "pass 5 s" },
    explanation:
      "A program that only shut its sending side down may wait for its peer as long as it likes: the timeout is for those whose program has gone.",
  },
];

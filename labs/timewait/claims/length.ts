// How long TIME_WAIT lasts: what RFC 9293, the kernel's constant, its timer wheel and folklore say.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CONSTANT = "TCP_TIMEWAIT_LEN, include/net/tcp.h";
const WHEEL = "kernel/time/timer.c: a timer is rounded up to the granularity of its level";

export const LENGTH: readonly SceneClaim[] = [
  {
    id: "two-msl-of-240-s",
    ref: "T1",
    claim: "TIME_WAIT lasts 2MSL; MSL is 2 minutes, so that is 240 s.",
    source: "rfc9293",
    cite: "RFC 9293 §3.4.2 and §3.6.1",
    documented: { kind: "duration-ms", value: 240_000 },
    expected: "contradicts",
    ask: { what: "population", figure: "longest" },
    explanation: "Linux does not know an MSL. Its TIME_WAIT is a constant of 60 s, and the timer wheel's rounding.",
  },
  {
    id: "sixty-seconds",
    ref: "T2",
    claim: "Linux waits a constant 60 s.",
    source: "linux",
    cite: CONSTANT,
    refines: "two-msl-of-240-s",
    condition: "to within the granularity g of the timer wheel",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "population", figure: "shortest" },
  },
  {
    id: "never-early",
    ref: "T3",
    claim: "No entry ends before its 60 s are over.",
    source: "linux",
    cite: WHEEL,
    documented: { kind: "number", value: 0 },
    ask: { what: "population", figure: "early" },
  },
  {
    id: "late-by-the-wheel-at-most",
    ref: "T3",
    claim: "No entry lasts longer than 60 s and the granularity g that follows from CONFIG_HZ.",
    source: "linux",
    cite: WHEEL,
    documented: { kind: "number", value: 0 },
    ask: { what: "population", figure: "late" },
  },
  {
    id: "ends-on-a-lattice",
    ref: "T3",
    claim: "All end at instants of a lattice of period g: end = φ + g·⌈(start + 60 s − φ)/g⌉, with one φ for all.",
    source: "linux",
    cite: WHEEL,
    documented: { kind: "number", value: 0 },
    ask: { what: "population", figure: "off-lattice" },
    explanation:
      "Entries do not end each in its turn but together, whenever the wheel's slot comes round. Lengths look uniform between 60 s and 60 s + g only if the starts are spread evenly over whole multiples of g.",
  },
  {
    id: "twice-as-long-in-a-crowd",
    ref: "T8",
    claim: "With more than 100 entries some last up to 120 s.",
    source: "folklore",
    cite: "TCP_TWKILL_SLOTS and twcal of Linux before 4.1",
    documented: { kind: "duration-ms", value: 120_000 },
    expected: "contradicts",
    ask: { what: "population", figure: "longest", atLeast: 101 },
    explanation:
      "Kernels before 4.1 collected the dead in rounds and came late. Since then each entry has a timer of its own.",
  },
];

export const FIN_TIMEOUT: readonly SceneClaim[] = [
  {
    id: "fin-timeout-shortens-it",
    ref: "T5",
    claim: "tcp_fin_timeout=2 shortens TIME_WAIT to 2 s.",
    source: "folklore",
    cite: "tuning guides without number",
    documented: { kind: "duration-ms", value: 2000 },
    expected: "contradicts",
    ask: { what: "population", figure: "shortest" },
    explanation: "tcp_fin_timeout governs FIN_WAIT_2 without a descriptor, as the scenes orphan and held-open show.",
  },
  {
    id: "fin-timeout-changes-nothing",
    ref: "T2",
    claim: "No sysctl changes it: with tcp_fin_timeout=2 it is 60 s.",
    source: "linux",
    cite: CONSTANT,
    refines: "fin-timeout-shortens-it",
    condition: "to within the granularity g of the timer wheel",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "population", figure: "shortest" },
  },
  {
    id: "countdown-reaches-0",
    ref: "T4",
    claim: "The countdown that ss, netstat, procfs and sock-diag show reaches 0.",
    source: "linux",
    cite: `${WHEEL}; the countdown is reckoned to the timer's nominal end`,
    documented: { kind: "duration-ms", value: 0 },
    ask: { what: "timer", end: "client", after: "look at a countdown of 0", kind: "time-wait", within: 0 },
  },
  {
    id: "stands-at-0",
    ref: "T4",
    claim: "The entry stands while its countdown is at 0, for up to g more.",
    source: "linux",
    cite: WHEEL,
    documented: { kind: "state", value: "TIME_WAIT" },
    ask: { what: "state", end: "client", after: "look at a countdown of 0" },
  },
];

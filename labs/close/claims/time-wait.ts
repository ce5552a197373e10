// TIME_WAIT at the end of a close: how long the document lets it last, and what it is for, seen when the last ACK is lost.

import type { SceneClaim } from "../../../src/claims/claim.ts";

const CITE = "the document, four-way close";
const RFC_CLOSE = "RFC 9293 §3.6, figure 12";

export const TWO_MSL: readonly SceneClaim[] = [
  {
    id: "waits-two-msl",
    claim: "The client in TIME_WAIT waits 2MSL before it closes.",
    source: "document",
    cite: CITE,
    condition: "where 2MSL is 60 s, as Linux has it",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "timer", end: "client", after: "deliver FIN ACK #2", kind: "time-wait", within: 1000 },
  },
  {
    id: "two-msl-of-240-s",
    claim: "With RFC 9293's MSL of 2 minutes, 2MSL is 240 s.",
    source: "rfc9293",
    cite: "RFC 9293 §3.4.2: MSL is 2 minutes",
    refines: "waits-two-msl",
    documented: { kind: "duration-ms", value: 240_000 },
    expected: "contradicts",
    ask: { what: "timer", end: "client", after: "deliver FIN ACK #2", kind: "time-wait", within: 1000 },
    explanation:
      "Linux does not know an MSL. It waits a constant 60 s (TCP_TIMEWAIT_LEN), which no sysctl changes, plus the rounding of the kernel's timer wheel. lab:timewait measures the whole length.",
  },
  {
    id: "linux-waits-60-s",
    claim: "Linux starts a countdown of 60 s on entering TIME_WAIT.",
    source: "linux",
    cite: "TCP_TIMEWAIT_LEN, include/net/tcp.h",
    refines: "waits-two-msl",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: { what: "timer", end: "client", after: "deliver FIN ACK #2", kind: "time-wait", within: 1000 },
  },
];

/** As long as nothing gets lost. */
export const HEARING_NOTHING: readonly SceneClaim[] = [
  {
    id: "hearing-nothing-means-closed",
    claim: "Hearing nothing after its last ACK, the client takes the server as closed.",
    source: "document",
    cite: CITE,
    condition: "when the last ACK has arrived",
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "server", after: "deliver ACK #2" },
  },
];

/** The scene that these refine is called documented-numbers. */
export const LAST_ACK_LOST: readonly SceneClaim[] = [
  {
    id: "hearing-nothing-proves-little",
    claim: "If the last ACK is lost, the client hears nothing either, and the server is still LAST_ACK.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    refines: "documented-numbers.hearing-nothing-means-closed",
    documented: { kind: "state", value: "LAST_ACK" },
    ask: { what: "state", end: "server", after: "drop ACK" },
    explanation:
      "The client cannot know whether its last ACK has arrived. A server that did not get it repeats its FIN; TIME_WAIT is there to answer it.",
  },
  {
    id: "fin-comes-again",
    claim: "If the last ACK is lost, the server sends its FIN again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT: a retransmission of the remote FIN",
    refines: "documented-numbers.hearing-nothing-means-closed",
    documented: { kind: "segment", value: "server FIN ACK seq=1 ack=2" },
    ask: {
      what: "segment",
      pick: { end: "server", flags: "FIN ACK", repeats: "only" },
      fields: ["seq", "ack"],
      numbers: "relative",
    },
  },
  {
    id: "acknowledged-again",
    claim: "TIME_WAIT acknowledges every repeated FIN again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT",
    refines: "documented-numbers.hearing-nothing-means-closed",
    documented: { kind: "text", value: "every segment" },
    ask: { what: "every", rule: "repeated-fin-acknowledged-again", pick: { repeats: "too" } },
  },
  {
    id: "starts-over",
    claim: "Each repeated FIN starts the 60 s over: what is left and what passed since the last one make 60 s again.",
    source: "rfc9293",
    cite: "RFC 9293 §3.10.7.4, TIME-WAIT: restart the 2 MSL timeout",
    refines: "documented-numbers.hearing-nothing-means-closed",
    documented: { kind: "duration-ms", value: 60_000 },
    ask: {
      what: "timer",
      end: "client",
      after: "pass 2 s",
      kind: "time-wait",
      since: { end: "server", having: "FIN", repeats: "only" },
      within: 1000,
    },
    explanation:
      "The server repeats its FIN after about 0.2, 0.5, 0.9 and 1.8 s. Without the restart 58 s would be left after the two seconds.",
  },
  {
    id: "closed-by-a-later-ack",
    claim: "The ACK of a repeated FIN closes the server.",
    source: "rfc9293",
    cite: RFC_CLOSE,
    documented: { kind: "state", value: "CLOSED" },
    ask: { what: "state", end: "server", after: "deliver repeated ACK" },
  },
];

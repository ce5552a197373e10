// Where Linux is known to do otherwise than the RFCs say: the curated list. A deviation that is not in it is a surprise.
// The model of the RFCs (segment-arrives.ts) knows nothing of this file.

import { has } from "../outcome.ts";
import { segmentArrives } from "../segment-arrives.ts";
import type { ArrivingSegment, TransmissionControlBlock } from "../transmission-control-block.ts";
import { FULL_SOCKET_DEVIATIONS } from "./full-sockets.ts";
import type { Answer, KnownDeviation } from "./known-deviation.ts";
import { LISTENER_DEVIATIONS, REQUEST_DEVIATIONS, TIME_WAIT_DEVIATIONS } from "./small-sockets.ts";

const TIMESTAMP_MISSING: KnownDeviation = {
  id: "missing-timestamp-tolerated",
  where: "tcp_validate_incoming(), tcp_check_req(), tcp_timewait_state_process()",
  reason:
    "RFC 7323 §3.2 would have a segment without the option dropped (SHOULD). Linux checks timestamps only where there are some, and takes a segment without them as if none had been agreed on: middleboxes are known to strip the option in mid-connection.",
  instead: (tcb, segment) => {
    if (tcb.tsRecent === undefined || segment.tsval !== undefined || has(segment, "RST")) return undefined;
    const { tsRecent: _, ...without } = tcb;
    return onLinux(without, segment).answer;
  },
};

/** The first that is about a segment counts. */
export const KNOWN_DEVIATIONS: readonly KnownDeviation[] = [
  TIMESTAMP_MISSING,
  ...LISTENER_DEVIATIONS,
  ...REQUEST_DEVIATIONS,
  ...TIME_WAIT_DEVIATIONS,
  ...FULL_SOCKET_DEVIATIONS,
];

export interface OnLinux {
  readonly answer: Answer;
  /** Absent where Linux is known to do what the RFCs describe first. */
  readonly deviation?: KnownDeviation;
}

/** What Linux is known to do with a segment, whether or not the RFCs allow it. */
export function onLinux(tcb: TransmissionControlBlock, segment: ArrivingSegment): OnLinux {
  for (const deviation of KNOWN_DEVIATIONS) {
    const answer = deviation.instead(tcb, segment);
    if (answer !== undefined) return { answer, deviation };
  }
  const [described] = segmentArrives(tcb, segment);
  if (described === undefined) throw new Error("the model gave no outcome");
  return { answer: described };
}

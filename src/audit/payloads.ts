// What the packets of a run carry, by the segment lines that tell of them.

import type { Capture } from "../evidence/capture/pcapng.ts";
import type { TimelineLine } from "../evidence/timeline.ts";

/** By the id of a segment line; one without octets is absent. */
export type Payloads = ReadonlyMap<string, Uint8Array>;

/** Of a packet, the last `length` octets. */
export function payloadsOf(lines: readonly TimelineLine[], capture: Capture): Payloads {
  const payloads = new Map<string, Uint8Array>();
  for (const line of lines) {
    if (line.type !== "segment" || line.length === 0) continue;
    const frame = capture.packets[line.frame - 1]?.frame;
    if (frame !== undefined) payloads.set(line.id, frame.subarray(Math.max(0, frame.length - line.length)));
  }
  return payloads;
}

// Refuses a timeline in which one end sends more on one connection than any lab does: what it sends again is looked for among all that it sent before, and a stranger's file must not make that take minutes.

import { ByPath } from "../evidence/by-path.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import { BundleError } from "./bundle/bundle.ts";

/** A hundred times what lab:half-close sends to bring a mebibyte across. */
const SEGMENTS_LIMIT = 10_000;

/** Throws a BundleError. Segments that take no sequence number are compared with none, and not counted. */
export function refuseLongStreams(lines: readonly TimelineLine[]): void {
  const scenes = new Map<string, ByPath<{ segments: number }>>();
  for (const [index, line] of lines.entries()) {
    if (line.type !== "segment" || (line.length === 0 && !line.flags.includes("SYN") && !line.flags.includes("FIN")))
      continue;
    const streams = scenes.get(line.scene) ?? new ByPath<{ segments: number }>();
    scenes.set(line.scene, streams);
    const stream = streams.getOrMake(line.from, line.to, () => ({ segments: 0 }));
    if (++stream.segments > SEGMENTS_LIMIT)
      throw new BundleError(
        `timeline.jsonl, line ${index + 1}: more than ${SEGMENTS_LIMIT} segments of one end of a connection`,
      );
  }
}

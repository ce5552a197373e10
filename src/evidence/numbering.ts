// Relative sequence numbers: every stream counts from the first number each of its ends sent.

import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
import { ByPath } from "./by-path.ts";
import type { SegmentLine } from "./timeline.ts";

export interface RelativeNumbers {
  readonly seq: number;
  readonly ack: number;
}

/** By line id. An end that has sent nothing yet has no first number: an ack for it counts from 0. */
export function numberRelatively(segments: readonly SegmentLine[]): ReadonlyMap<string, RelativeNumbers> {
  const scenes = new Map<string, ByPath<SequenceNumber>>();
  const relative = new Map<string, RelativeNumbers>();
  for (const { id, scene, from, to, seq, ack, flags, origin } of segments) {
    const first = scenes.get(scene) ?? new ByPath<SequenceNumber>();
    scenes.set(scene, first);
    if (origin === "kernel" && (flags.includes("SYN") || first.get(from, to) === undefined))
      first.set(from, to, sequence(seq));
    relative.set(id, {
      seq: distance(first.get(from, to) ?? sequence(seq), sequence(seq)),
      ack: flags.includes("ACK") ? distance(first.get(to, from) ?? sequence(0), sequence(ack)) : 0,
    });
  }
  return relative;
}

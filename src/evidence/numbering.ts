// Relative sequence numbers: every stream counts from the first number each of its ends sent.

import { distance, type SequenceNumber, sequence } from "../tcp/sequence.ts";
import type { SegmentLine } from "./timeline.ts";

export interface RelativeNumbers {
  readonly seq: number;
  readonly ack: number;
}

/** By line id. An end that has sent nothing yet has no first number: an ack for it counts from 0. */
export function numberRelatively(segments: readonly SegmentLine[]): ReadonlyMap<string, RelativeNumbers> {
  const first = new Map<string, SequenceNumber>();
  const relative = new Map<string, RelativeNumbers>();
  for (const { id, scene, from, to, seq, ack, flags, origin } of segments) {
    const own = `${scene} ${from.address} ${from.port} ${to.address} ${to.port}`;
    const other = `${scene} ${to.address} ${to.port} ${from.address} ${from.port}`;
    const begins = !first.has(own) || (flags.includes("SYN") && origin === "kernel");
    if (begins && origin === "kernel") first.set(own, sequence(seq));
    relative.set(id, {
      seq: distance(first.get(own) ?? sequence(seq), sequence(seq)),
      ack: flags.includes("ACK") ? distance(first.get(other) ?? sequence(0), sequence(ack)) : 0,
    });
  }
  return relative;
}

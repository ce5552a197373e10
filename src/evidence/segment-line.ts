// What the timeline says of a segment, read from the packet as it stood on the wire.

import { formatOption } from "../tcp/option-codec.ts";
import type { Segment } from "../tcp/segment.ts";
import { headerLength } from "../tcp/segment-codec.ts";
import type { SegmentLine } from "./timeline.ts";

export type PacketFacts = Pick<
  SegmentLine,
  "from" | "to" | "flags" | "seq" | "ack" | "length" | "window" | "urgentPointer" | "options" | "header"
>;

export function describePacket(packet: Uint8Array, segment: Segment): PacketFacts {
  return {
    from: segment.from,
    to: segment.to,
    flags: segment.flags,
    seq: segment.seq,
    ack: segment.ack,
    length: segment.payload.length,
    window: segment.window,
    urgentPointer: segment.urgentPointer,
    options: segment.options.map(formatOption),
    header: Buffer.from(packet.buffer, packet.byteOffset, headerLength(packet)).toString("hex"),
  };
}

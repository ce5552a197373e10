// A forger who knows the files: whatever is changed, ids and frames are counted anew, the capture is kept in step where that is wanted, and it is all sealed again.

import { captureOf } from "../evidence/capture/capture.ts";
import { packetOf } from "../evidence/capture/loopback-frame.ts";
import { type Capture, readPcapng, writePcapng } from "../evidence/capture/pcapng.ts";
import { describePacket, writeTimeline } from "../evidence/recorder.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";
import type { BundleFiles } from "../handed-in/bundle/bundle.ts";
import type { Segment } from "../tcp/segment.ts";
import { decodeSegment, encodeSegment } from "../tcp/segment-codec.ts";
import { runNote } from "../verdict/verdict-document.ts";

export interface Forgery {
  readonly lines: readonly TimelineLine[];
  readonly capture: Capture;
}

export const openedFiles = (files: BundleFiles): Forgery => ({
  lines: readTimeline(files["timeline.jsonl"].toString()),
  capture: readPcapng(files["capture.pcapng"]),
});

/** Without a verdict.json: one that was forged with the same care would only say again what the evidence comes to. */
export const sealed = ({ lines, capture }: Forgery, original: BundleFiles): BundleFiles => ({
  "timeline.jsonl": Buffer.from(writeTimeline(lines)),
  "capture.pcapng": Buffer.from(writePcapng(capture)),
  ...(original["environment.json"] !== undefined && { "environment.json": original["environment.json"] }),
});

/** Ids and frames without a gap, and what refers to a line follows it. A line that stands twice refers to its first. */
export function recounted(lines: readonly TimelineLine[]): readonly TimelineLine[] {
  const names = new Map<string, string>();
  for (const [index, { id }] of lines.entries()) if (!names.has(id)) names.set(id, `e${index + 1}`);
  const named = (id: string) => names.get(id) ?? id;
  let frame = 0;
  return lines.map((line, index) => {
    const id = `e${index + 1}`;
    if (line.type === "note") return { ...line, id };
    if (line.type === "sighting") return { ...line, id, after: named(line.after) };
    if (line.type === "action")
      return { ...line, id, ...(line.segments !== undefined && { segments: line.segments.map(named) }) };
    frame++;
    const { alters, repeats } = line;
    const references = {
      ...(alters !== undefined && { alters: named(alters) }),
      ...(repeats !== undefined && { repeats: named(repeats) }),
    };
    return { ...line, ...references, id, frame };
  });
}

/** The capture that a run with these lines would have written; `packets`: by the old frame number of each segment line. */
function captureInStep(before: Forgery, lines: readonly TimelineLine[], kept: readonly SegmentLine[]): Capture {
  const segments = lines.filter((line) => line.type === "segment");
  const packets = segments.map((line, index) => ({
    line,
    packet: packetOf(before.capture.packets[(kept[index]?.frame ?? 0) - 1]?.frame ?? new Uint8Array()),
  }));
  return captureOf(runNote(lines).identity, lines, packets);
}

/** One segment changed in both files, header, checksum and comment included: nothing but its content gives it away. */
export function forgedInBoth(
  { lines, capture }: Forgery,
  line: SegmentLine,
  change: (segment: Segment) => Segment,
): Forgery {
  const old = capture.packets[line.frame - 1];
  const packet = encodeSegment(change(decodeSegment(packetOf(old?.frame ?? new Uint8Array()))));
  const facts = describePacket(packet, decodeSegment(packet));
  const changed = lines.map((one) => (one === line ? { ...line, ...facts } : one));
  const packets = changed
    .filter((one) => one.type === "segment")
    .map((one) => ({
      line: one,
      packet: one.frame === line.frame ? packet : packetOf(capture.packets[one.frame - 1]?.frame ?? new Uint8Array()),
    }));
  return { lines: changed, capture: captureOf(runNote(changed).identity, changed, packets) };
}

/** A segment is gone, or there twice, in both files alike. */
export const withSegments = (run: Forgery, lines: readonly TimelineLine[]): Forgery => {
  const kept = lines.filter((line) => line.type === "segment");
  const counted = recounted(lines);
  return { lines: counted, capture: captureInStep(run, counted, kept) };
};

// Whether capture.pcapng and timeline.jsonl tell of the same packets: number, time, every field, header, comment, and checksum.

import { type CapturedRun, interfaceOf, sectionComment, storyteller } from "../evidence/capture/capture.ts";
import { isLoopbackFrame, packetOf } from "../evidence/capture/loopback-frame.ts";
import type { Capture, CapturedFrame } from "../evidence/capture/pcapng.ts";
import { describePacket, type PacketFacts } from "../evidence/recorder.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { checksumsHold, decodeSegment } from "../tcp/segment-codec.ts";
import { type Complaint, complaint } from "./complaint.ts";

export function checkCapture(capture: Capture, lines: readonly TimelineLine[], run: CapturedRun): readonly Complaint[] {
  const segments = lines.filter((line) => line.type === "segment");
  const { packets, interfaces } = capture;
  if (packets.length !== segments.length)
    return [complaint("capture", `it holds ${packets.length} packets, the timeline ${segments.length} segments`)];
  const render = storyteller(lines);
  const complaints = [...checkSection(capture, run)];
  const lo = new Map([...new Set(segments.map(({ scene }) => scene))].map((scene) => [scene, interfaceOf(scene)]));
  for (const [index, line] of segments.entries()) {
    const { at, interface: seenAt, comment, frame } = packets[index] as CapturedFrame;
    const differing = [
      whatDiffers("its time", at, line.at),
      whatDiffers("its interface", interfaces[seenAt]?.name ?? "", lo.get(line.scene) ?? ""),
      whatDiffers("its comment", comment, render(line)),
      whatIsWrong(line, frame),
    ];
    for (const text of differing)
      if (text !== undefined) complaints.push(complaint("capture", `frame ${line.frame} (${line.id}): ${text}`));
  }
  return complaints;
}

function checkSection({ comment, application }: Capture, run: CapturedRun): readonly Complaint[] {
  return [
    whatDiffers("the section's comment", comment, sectionComment(run)),
    whatDiffers("the program that wrote it", application, run.tool),
  ].flatMap((text) => (text === undefined ? [] : [complaint("capture", text)]));
}

const whatDiffers = (what: string, there: string, wanted: string): string | undefined =>
  there === wanted ? undefined : `${what} is "${there}", by the timeline it is "${wanted}"`;

function whatIsWrong(line: SegmentLine, frame: Uint8Array): string | undefined {
  if (!isLoopbackFrame(frame)) return "it is no frame of the loopback interface";
  const packet = packetOf(frame);
  try {
    const facts = describePacket(packet, decodeSegment(packet));
    const differing = (Object.keys(facts) as (keyof PacketFacts)[]).filter((name) => !isSame(facts[name], line[name]));
    if (differing.length > 0) return `the packet says otherwise of ${differing.join(", ")}`;
    return checksumsHold(packet) ? undefined : NO_CHECKSUM;
  } catch (error) {
    return (error as Error).message;
  }
}

const NO_CHECKSUM = "its checksum is neither whole nor the partial one of the loopback interface";

type Fact = PacketFacts[keyof PacketFacts];

function isSame(one: Fact, other: Fact): boolean {
  if (typeof one !== "object" || typeof other !== "object") return one === other;
  if ("port" in one) return "port" in other && one.port === other.port && one.address === other.address;
  if ("port" in other || one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

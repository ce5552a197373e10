// capture.pcapng of a run: every packet with a comment that tells its story, put together from the timeline.

import { ENDS } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { millisecondsBetween } from "../instants.ts";
import { isNoteOf } from "../notes.ts";
import type { RecordedPacket } from "../recorder.ts";
import type { Action, SegmentLine, Sighting, TimelineLine } from "../timeline.ts";
import { frameOf } from "./loopback-frame.ts";
import type { Capture } from "./pcapng.ts";

/** What the capture says of its run, for whom only the capture reached. */
export interface CapturedRun {
  readonly id: string;
  readonly lab: string;
  readonly kernel: string;
  readonly tool: string;
  readonly student?: string | undefined;
  readonly nonce?: string | undefined;
}

export function captureOf(
  run: CapturedRun,
  lines: readonly TimelineLine[],
  packets: readonly RecordedPacket[],
): Capture {
  const scenes = [...new Set(packets.map(({ line }) => line.scene))];
  const render = storyteller(lines);
  return {
    comment: sectionComment(run),
    application: run.tool,
    interfaces: scenes.map((scene) => ({ name: interfaceOf(scene), description: titleOf(lines, scene) })),
    packets: packets.map(({ line, packet }) => ({
      interface: scenes.indexOf(line.scene),
      at: line.at,
      frame: frameOf(packet),
      comment: render(line),
    })),
  };
}

/** Each scene has a loopback interface of its own. */
export const interfaceOf = (scene: string): string => `lo (${scene})`;

export function sectionComment({ lab, id, kernel, student, nonce }: CapturedRun): string {
  const person = [
    ...(student === undefined ? [] : [`student ${student}`]),
    ...(nonce === undefined ? [] : [`nonce ${nonce}`]),
  ];
  const told = [`lab ${lab}`, `run ${id}`, kernel, ...person].join(", ");
  return `${told}\nChecksums are as the kernel left them on loopback: partial.`;
}

function titleOf(lines: readonly TimelineLine[], scene: string): string {
  const note = lines.find((line) => isNoteOf(line, "scene") && line.scene === scene);
  return note?.type === "note" ? note.text : scene;
}

/** Tells of a segment in its packet's comment: whose, held or free, when it was handed on, and which states that led to. */
export function storyteller(lines: readonly TimelineLine[]): (line: SegmentLine) => string {
  const fates = new Map<string, Action>();
  const looks = new Map<string, Sighting[]>();
  const segments = new Map<string, SegmentLine>();
  for (const line of lines) {
    if (line.type === "action") for (const id of line.segments ?? []) fates.set(id, line);
    if (line.type === "sighting") {
      const look = looks.get(line.after);
      if (look === undefined) looks.set(line.after, [line]);
      else look.push(line);
    }
    if (line.type === "segment") segments.set(line.id, line);
  }
  return (line) => {
    const told = [`scene ${line.scene}: ${line.end} ${formatFlags(line.flags)}`];
    const origin = originOf(line, segments);
    if (origin !== "") told.push(origin);
    const fate = fates.get(line.id);
    if (fate !== undefined) {
      told.push(`${fate.fate} ${millisecondsBetween(line.at, fate.at).toFixed(3)} ms later (${fate.step})`);
      const states = statesAfter(looks.get(fate.id) ?? []);
      if (states !== "") told.push(`then ${states}`);
    }
    return told.join("; ");
  };
}

function originOf(line: SegmentLine, segments: ReadonlyMap<string, SegmentLine>): string {
  const frame = (id: string | undefined) => segments.get(id ?? "")?.frame;
  if (line.origin === "forged") return "forged by the lab";
  if (line.origin === "altered") return `frame ${frame(line.alters)} altered by the lab`;
  return line.repeats === undefined ? "" : `repeats frame ${frame(line.repeats)}`;
}

function statesAfter(look: readonly Sighting[]): string {
  return ENDS.flatMap((end) => {
    const certain = look.find((sighting) => sighting.end === end && sighting.states?.length === 1);
    return certain === undefined ? [] : [`${end} ${certain.states?.[0]}`];
  }).join(", ");
}

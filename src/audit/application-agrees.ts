// Whether what an application says it read went over the wire, in the alphabet of the run's student.

import type { Capture } from "../evidence/pcapng.ts";
import { alphabetOf, type Person } from "../evidence/personal-alphabet.ts";
import type { Action, TimelineLine } from "../evidence/timeline.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import { type Complaint, complaint } from "./complaint.ts";

/** `payloads`: of every segment line, by its id. */
export function checkApplication(
  lines: readonly TimelineLine[],
  payloads: ReadonlyMap<string, Uint8Array>,
  person: Person,
): readonly Complaint[] {
  const { read } = alphabetOf(person);
  return lines.flatMap((line) => {
    const text = line.type === "action" ? textRead(line) : undefined;
    if (line.type !== "action" || text === undefined || line.scene === undefined) return [];
    const sent = sentBy(otherEnd(line.actor as End), line.scene, lines, payloads);
    if (Buffer.from(read(sent)).includes(text)) return [];
    return [
      complaint(
        "application",
        `${line.id} ("${line.step}"): "${text}" was read, but the other end never sent it in this student's alphabet`,
      ),
    ];
  });
}

/** A receive that came back with a text, not with a number of octets. */
function textRead({ actor, step, outcome }: Action): string | undefined {
  if ((actor !== "client" && actor !== "server") || !step.startsWith(`${actor} receive`) || !outcome.ok)
    return undefined;
  const [, text] = /^"(.*)"$/s.exec(String(outcome.value ?? "")) ?? [];
  if (text === undefined) return undefined;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** In the order of their sequence numbers would be stricter; texts of labs fit into one segment each, or follow each other. */
function sentBy(
  end: End,
  scene: string,
  lines: readonly TimelineLine[],
  payloads: ReadonlyMap<string, Uint8Array>,
): Uint8Array {
  return Buffer.concat(
    lines.flatMap((line) =>
      line.type === "segment" && line.scene === scene && line.end === end && line.repeats === undefined
        ? [payloads.get(line.id) ?? new Uint8Array()]
        : [],
    ),
  );
}

/** Of every segment line, what its packet carries: the last `length` octets. */
export function payloadsOf(lines: readonly TimelineLine[], capture: Capture): ReadonlyMap<string, Uint8Array> {
  const payloads = new Map<string, Uint8Array>();
  for (const line of lines) {
    if (line.type !== "segment" || line.length === 0) continue;
    const frame = capture.packets[line.frame - 1]?.frame;
    if (frame !== undefined) payloads.set(line.id, frame.subarray(Math.max(0, frame.length - line.length)));
  }
  return payloads;
}

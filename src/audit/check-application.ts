// Whether what went over the wire is what an application says it wrote, and what one says it read went over the wire: in the alphabet of the run's student.

import { writtenIn } from "../evidence/payload.ts";
import { type Alphabet, alphabetOf, type Person } from "../evidence/personal-alphabet.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { Action, TimelineLine } from "../evidence/timeline.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import { type Complaint, complaint } from "./complaint.ts";
import type { Payloads } from "./payloads.ts";
import { settingsOf } from "./scene-setting.ts";

export function checkApplication(
  lines: readonly TimelineLine[],
  payloads: Payloads,
  person: Person,
): readonly Complaint[] {
  const { read } = alphabetOf(person);
  return [...checkRead(lines, payloads, read), ...checkWritten(lines, payloads, read)];
}

type Read = Alphabet["read"];

function checkRead(lines: readonly TimelineLine[], payloads: Payloads, read: Read): readonly Complaint[] {
  const sent = sentBy(lines, payloads, read);
  let looked = 0;
  return lines.flatMap((line) => {
    const text = line.type === "action" ? textRead(line) : undefined;
    if (line.type !== "action" || text === undefined) return [];
    if (++looked === READS_LIMIT) return [complaint("application", `${line.id}: no lab reads ${READS_LIMIT} texts`)];
    if (looked > READS_LIMIT) return [];
    if (sent(line.scene, otherEnd(line.actor as End)).includes(text)) return [];
    return [
      complaint(
        "application",
        `${line.id} ("${line.step}"): "${text}" was read, but the other end never sent it in this student's alphabet`,
      ),
    ];
  });
}

/** Each is looked for in all that was sent; a stranger's run must not make that take minutes. */
const READS_LIMIT = 1000;

/** Repeats and old duplicates too: they are what was written before, or a part of it. */
function checkWritten(lines: readonly TimelineLine[], payloads: Payloads, read: Read): readonly Complaint[] {
  const settings = settingsOf(lines);
  const written = writtenBy(lines);
  const forged = forgedTexts(lines);
  return lines.flatMap((line) => {
    const payload = payloads.get(line.id);
    if (line.type !== "segment" || payload === undefined) return [];
    // Connections of their own write without telling of each write.
    if (factsOfMode(settings.get(line.scene)?.mode)?.ends !== "two") return [];
    const text = forged.get(line.id);
    if (text === undefined ? written(line.scene, line.end).includes(Buffer.from(read(payload))) : text.equals(payload))
      return [];
    return [
      complaint(
        "application",
        `${line.id} (frame ${line.frame}): it carries what the ${line.end} never wrote in this student's alphabet`,
      ),
    ];
  });
}

/** Octets that a run's ends say they wrote, together: far above what a lab writes. What stands after them is not believed. */
const WRITTEN_LIMIT = 16 << 20;

/** All that an end says it wrote in a scene, one after the other. */
function writtenBy(lines: readonly TimelineLine[]): (scene: string, end: End) => Buffer {
  const texts = new Map<string, Uint8Array[]>();
  let left = WRITTEN_LIMIT;
  for (const line of lines) {
    const text = line.type === "action" ? writtenIn(line.sentence, left) : undefined;
    if (line.type !== "action" || text === undefined) continue;
    left -= text.length;
    keep(texts, `${line.actor} ${line.scene}`, text);
  }
  const joined = new Map([...texts].map(([key, own]) => [key, Buffer.concat(own)]));
  return (scene, end) => joined.get(`${end} ${scene}`) ?? NOTHING;
}

const NOTHING = Buffer.alloc(0);

/** No packet carries more. */
const FORGED_LIMIT = 0xffff;

/** What the wire says it wrote into a segment that it forged: as it stands, in nobody's alphabet. */
function forgedTexts(lines: readonly TimelineLine[]): ReadonlyMap<string, Buffer> {
  const texts = new Map<string, Buffer>();
  for (const line of lines) {
    if (line.type !== "action" || line.actor !== "wire") continue;
    const text = writtenIn(line.sentence, FORGED_LIMIT);
    const [segment] = line.segments ?? [];
    if (text !== undefined && segment !== undefined) texts.set(segment, Buffer.from(text));
  }
  return texts;
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

/**
 * All that an end sent in a scene, repeats left out. In the order of their sequence numbers would be stricter; texts of labs
 * fit into one segment each, or follow each other.
 */
function sentBy(lines: readonly TimelineLine[], payloads: Payloads, read: Read): (scene: string, end: End) => Buffer {
  const sent = new Map<string, Uint8Array[]>();
  for (const line of lines) {
    const payload = payloads.get(line.id);
    if (line.type !== "segment" || payload === undefined || line.repeats !== undefined) continue;
    keep(sent, `${line.end} ${line.scene}`, payload);
  }
  const joined = new Map([...sent].map(([key, own]) => [key, Buffer.from(read(Buffer.concat(own)))]));
  return (scene, end) => joined.get(`${end} ${scene}`) ?? NOTHING;
}

function keep(texts: Map<string, Uint8Array[]>, key: string, text: Uint8Array): void {
  const own = texts.get(key) ?? [];
  own.push(text);
  texts.set(key, own);
}

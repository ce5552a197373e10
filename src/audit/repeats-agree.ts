// Whether repeats are repeats: every segment whose numbers were all sent before, and none else, says which one it repeats.

import { type Numbered, Repeats } from "../evidence/repeats.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { sequence } from "../tcp/sequence.ts";
import { type Complaint, complaint } from "./complaint.ts";
import { settingsOf } from "./scene-setting.ts";

export function checkRepeats(lines: readonly TimelineLine[]): readonly Complaint[] {
  const settings = settingsOf(lines);
  const segments = new Map(lines.flatMap((line) => (line.type === "segment" ? [[line.id, line] as const] : [])));
  const scenes = new Map<string, Repeats>();
  return [...segments.values()].flatMap((line) => {
    const wrong = (text: string) => [complaint("sequence", `${line.id} (frame ${line.frame}) ${text}`)];
    if (line.origin === "altered")
      return isOriginal(segments.get(line.alters ?? ""), line) ? [] : wrong("is altered from no segment of its end");
    if (line.origin === "forged") return [];
    // What encounters wrote down is not all that was sent: the recogniser knew more.
    if (settings.get(line.scene)?.mode === "encounters") return [];
    const repeats = scenes.get(line.scene) ?? new Repeats();
    scenes.set(line.scene, repeats);
    const original = repeats.recognise(asSegment(line), line.id);
    if (original === line.repeats) return [];
    if (original === undefined) return wrong(`is said to repeat ${line.repeats}, and does not`);
    return wrong(
      `repeats ${original}, and is ${line.repeats === undefined ? "not said to" : `said to repeat ${line.repeats}`}`,
    );
  });
}

const isOriginal = (original: SegmentLine | undefined, line: SegmentLine): boolean =>
  original !== undefined && original.scene === line.scene && original.end === line.end;

const asSegment = (line: SegmentLine): Numbered => ({
  ...line,
  seq: sequence(line.seq),
  ack: sequence(line.ack),
  payload: { length: line.length },
});

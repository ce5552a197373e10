// Whether repeats are repeats: every segment whose numbers were all sent before, and none else, says which one it repeats, and has its flags and octets.

import { Repeats } from "../../evidence/repeats.ts";
import { factsOfMode } from "../../evidence/scene-modes.ts";
import type { Action, SegmentLine, TimelineLine } from "../../evidence/timeline.ts";
import { type Flag, formatFlags } from "../../tcp/flags.ts";
import { segmentLength, sequenceAfter } from "../../tcp/segment.ts";
import { type Complaint, complaint } from "../complaint.ts";
import type { Payloads } from "../payloads.ts";
import { settingsOf } from "../scene-setting.ts";
import { FirstSent } from "./first-sent.ts";
import { wrongFlags } from "./repeated-flags.ts";
import { carriesTheSame } from "./repeated-octets.ts";

export function checkRepeats(lines: readonly TimelineLine[], payloads: Payloads): readonly Complaint[] {
  const settings = settingsOf(lines);
  const segments = new Map(lines.flatMap((line) => (line.type === "segment" ? [[line.id, line] as const] : [])));
  const scenes = new Map<string, SceneRepeats>();
  return lines.flatMap((line): readonly Complaint[] => {
    if (line.type !== "action" && line.type !== "segment") return [];
    const isWhole = factsOfMode(settings.get(line.scene)?.mode)?.tape !== "meetings";
    const scene = scenes.get(line.scene) ?? new SceneRepeats(segments, payloads, isWhole);
    scenes.set(line.scene, scene);
    if (line.type === "segment")
      return scene.whatIsWrong(line).map((text) => complaint("sequence", `${line.id} (frame ${line.frame}) ${text}`));
    scene.note(line);
    return [];
  });
}

type Wrong = readonly string[];

/** What is cut anew in a meeting may have these from data that was not written down; a FIN always is. */
const OF_OTHERS: readonly Flag[] = ["PSH", "URG"];

class SceneRepeats {
  private readonly segments: ReadonlyMap<string, SegmentLine>;
  private readonly payloads: Payloads;
  /** What encounters wrote down is not all that was sent: the recogniser knew more. */
  private readonly isWhole: boolean;
  private readonly repeats = new Repeats<string>();
  private readonly sent = new FirstSent();

  constructor(segments: ReadonlyMap<string, SegmentLine>, payloads: Payloads, isWhole: boolean) {
    this.segments = segments;
    this.payloads = payloads;
    this.isWhole = isWhole;
  }

  note({ actor, step }: Action): void {
    if ((actor === "client" || actor === "server") && step.startsWith(`${actor} send urgent`))
      this.sent.writeUrgent(actor);
  }

  whatIsWrong(line: SegmentLine): Wrong {
    this.sent.hear(line);
    if (line.origin === "forged") return [];
    if (line.origin === "altered") {
      const original = this.segments.get(line.alters ?? "");
      return isOfEnd(original, line) ? [] : ["is altered from no segment of its end"];
    }
    return this.isWhole ? this.wrongRepeat(line) : this.wrongInMeeting(line);
  }

  private wrongRepeat(line: SegmentLine): Wrong {
    const original = this.repeats.recognise(line, line.id);
    if (original === line.repeats) return this.wrongContent(line);
    if (original === undefined) return [`is said to repeat ${line.repeats}, and does not`];
    const said = line.repeats === undefined ? "not said to" : `said to repeat ${line.repeats}`;
    return [`repeats ${original}, and is ${said}`];
  }

  private wrongInMeeting(line: SegmentLine): Wrong {
    if (line.repeats === undefined) return this.wrongContent(line);
    const original = this.segments.get(line.repeats);
    if (!isOfEnd(original, line) || original.origin !== "kernel")
      return [`is said to repeat ${line.repeats}, which the kernel did not send from there`];
    if (segmentLength(line) === 0)
      return isSameAnswer(original, line) ? [] : [`is said to repeat ${line.repeats}, and does not`];
    return this.wrongContent(line, hasSameNumbers(original, line) ? [] : OF_OTHERS);
  }

  /** A first one is kept, for those that repeat it. One without a number of its own was recognised by its flags. */
  private wrongContent(line: SegmentLine, but: readonly Flag[] = []): Wrong {
    if (line.repeats === undefined) this.sent.add(line);
    if (line.repeats === undefined || segmentLength(line) === 0) return [];
    const originals = this.sent.under(line);
    const flags = wrongFlags(line, originals, this.sent).filter((flag) => !but.includes(flag));
    return [
      ...(flags.length === 0 ? [] : [`repeats ${line.repeats}, and differs from it in ${formatFlags(flags)}`]),
      ...(carriesTheSame(line, originals, this.payloads) ? [] : [`repeats ${line.repeats}, and carries other octets`]),
    ];
  }
}

const isOfEnd = (original: SegmentLine | undefined, line: SegmentLine): original is SegmentLine =>
  original !== undefined && original.scene === line.scene && original.end === line.end;

const hasSameNumbers = (one: SegmentLine, other: SegmentLine): boolean =>
  one.seq === other.seq && sequenceAfter(one) === sequenceAfter(other);

const isSameAnswer = (one: SegmentLine, other: SegmentLine): boolean =>
  one.seq === other.seq && one.ack === other.ack && formatFlags(one.flags) === formatFlags(other.flags);

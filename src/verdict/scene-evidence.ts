// The evidence of one scene, indexed for the questions that claims ask: steps, looks, and segments that match a pick.

import type { Pick } from "../claims/pick.ts";
import { isNoteOf, type NoteOf, type NoteTopic } from "../evidence/notes.ts";
import { numberRelatively, type RelativeNumbers } from "../evidence/relative-numbers.ts";
import type { Action, Json, Note, SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { type Flag, formatFlags, withoutEcn } from "../tcp/flags.ts";

/** What was recorded while a scene went as it stands in the lab: a person who steps through it may lead it elsewhere. */
export function untilDeparture(lines: readonly TimelineLine[]): readonly TimelineLine[] {
  const departed = lines.findIndex((line) => isNoteOf(line, "departed"));
  return departed < 0 ? lines : lines.slice(0, departed + 1);
}

export class SceneEvidence {
  readonly actions: readonly Action[];
  readonly segments: readonly SegmentLine[];
  readonly notes: readonly Note[];
  readonly relative: ReadonlyMap<string, RelativeNumbers>;
  private readonly lines: readonly TimelineLine[];
  private readonly asksForEcn: boolean;
  private readonly looks = new Map<string, Sighting[]>();
  private readonly steps = new Map<string, Action>();
  private readonly segmentsById: ReadonlyMap<string, SegmentLine>;
  private readonly kernelByPort = new Map<number, SegmentLine[]>();
  private readonly stepOfSegment = new Map<string, Action>();

  constructor(lines: readonly TimelineLine[]) {
    this.lines = lines;
    this.actions = lines.filter((line) => line.type === "action");
    this.segments = lines.filter((line) => line.type === "segment");
    this.notes = lines.filter((line) => line.type === "note");
    this.relative = numberRelatively(this.segments);
    this.asksForEcn = asksForEcn(this.note("scene")?.data);
    this.segmentsById = new Map(this.segments.map((line) => [line.id, line]));
    for (const action of this.actions) if (!this.steps.has(action.step)) this.steps.set(action.step, action);
    for (const line of lines) if (line.type === "sighting") this.addSighting(line);
    this.indexSegments();
  }

  step(name: string): Action | undefined {
    return this.steps.get(name);
  }

  segment(id: string): SegmentLine | undefined {
    return this.segmentsById.get(id);
  }

  /** The step that was under way, or stood, when a segment was seen. */
  stepOf(line: SegmentLine): Action | undefined {
    return this.stepOfSegment.get(line.id);
  }

  /** What the kernel sent from one port, in order. */
  sentFrom(port: number): readonly SegmentLine[] {
    return this.kernelByPort.get(port) ?? [];
  }

  stepBefore(action: Action): Action | undefined {
    return this.actions[this.actions.indexOf(action) - 1];
  }

  /** What the witnesses said in the look after an action. */
  look(action: Action): readonly Sighting[] {
    return this.looks.get(action.id) ?? [];
  }

  /** Whether the tape holds all that the kernel sent: only then is absence evidence. */
  get tapeIsComplete(): boolean {
    return this.note("tape")?.data?.complete === true && this.cutShort === undefined;
  }

  /** Why what was to come is not known: the run was ended in the middle of the scene, an end died, or a person led it elsewhere. */
  get cutShort(): string | undefined {
    if (this.note("interrupted") !== undefined) return "the scene was interrupted before its end";
    return (this.note("no-answer") ?? this.note("departed"))?.text;
  }

  note<T extends NoteTopic>(topic: T): NoteOf<T> | undefined {
    return this.notes.find((note) => isNoteOf(note, topic));
  }

  /** Every segment that a pick means, before its `nth` chooses one. */
  segmentsLike(pick: Pick): readonly SegmentLine[] {
    const among = pick.during === undefined ? this.segments : this.segmentsDuring(pick.during);
    return among.filter((line) => this.matches(line, pick));
  }

  pick(pick: Pick): SegmentLine | undefined {
    return this.segmentsLike(pick).at(pick.nth === undefined ? 0 : pick.nth > 0 ? pick.nth - 1 : pick.nth);
  }

  /** As a claim means them that does not speak of ECN: without it where the scene's tcp_ecn made the kernel ask for it. */
  flagsOf({ origin, flags }: SegmentLine): readonly Flag[] {
    return this.asksForEcn && origin === "kernel" ? withoutEcn(flags) : flags;
  }

  private matches(line: SegmentLine, pick: Pick): boolean {
    const repeats = line.repeats !== undefined;
    return (
      line.origin === (pick.origin ?? "kernel") &&
      (pick.repeats === "too" || repeats === (pick.repeats === "only")) &&
      (pick.end === undefined || line.end === pick.end) &&
      (pick.flags === undefined || [line.flags, this.flagsOf(line)].map(formatFlags).includes(pick.flags)) &&
      (pick.having === undefined ||
        pick.having.split(" ").every((flag) => (line.flags as readonly string[]).includes(flag))) &&
      (pick.carries === undefined || (pick.carries === "data") === line.length > 0)
    );
  }

  private segmentsDuring(step: string): readonly SegmentLine[] {
    const start = this.lines.findIndex((line) => line.type === "action" && line.step === step);
    if (start < 0) return [];
    const rest = this.lines.slice(start + 1);
    const end = rest.findIndex(({ type }) => type === "action");
    return rest.slice(0, end < 0 ? rest.length : end).filter((line) => line.type === "segment");
  }

  private indexSegments(): void {
    let current: Action | undefined;
    for (const line of this.lines) {
      if (line.type === "action") current = line;
      if (line.type !== "segment") continue;
      if (current !== undefined) this.stepOfSegment.set(line.id, current);
      if (line.origin !== "kernel") continue;
      const own = this.kernelByPort.get(line.from.port) ?? [];
      own.push(line);
      this.kernelByPort.set(line.from.port, own);
    }
  }

  private addSighting(sighting: Sighting): void {
    const look = this.looks.get(sighting.after) ?? [];
    look.push(sighting);
    this.looks.set(sighting.after, look);
  }
}

const ECN = "net.ipv4.tcp_ecn";

/** By whose word ever: 0 and 2 ask for nothing (ip-sysctl). */
function asksForEcn(data: Note["data"]): boolean {
  const { pins = {}, sysctls = {} } = (data ?? {}) as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  return !["0", "2"].includes(String(sysctls[ECN] ?? pins[ECN] ?? "2"));
}

// The evidence of a run while it is being gathered: lines in order, with the packets that belong to the segment lines. A recorder of one scene fills in what all its lines have.

import { formatOption } from "../tcp/option-codec.ts";
import type { Segment } from "../tcp/segment.ts";
import { headerLength } from "../tcp/segment-codec.ts";
import type { NoteData, NoteTopic } from "./notes.ts";
import type { Action, Json, Note, SegmentLine, Sighting, TimelineLine } from "./timeline.ts";
import { WITNESSES } from "./witnesses.ts";

export interface RecordedPacket {
  /** The segment line that describes it. */
  readonly line: SegmentLine;
  /** From the IP header on, as it stood on the wire. */
  readonly packet: Uint8Array;
}

type Unnumbered<L> = Omit<L, "id">;

export class Recorder {
  private readonly written: TimelineLine[] = [];
  private readonly recorded: RecordedPacket[] = [];

  get lines(): readonly TimelineLine[] {
    return this.written;
  }

  /** In the order of their frame numbers. */
  get packets(): readonly RecordedPacket[] {
    return this.recorded;
  }

  /** Gives an action its place before its consequences; what came of it is filled in by `finish`. */
  begin(action: Unnumbered<Action>): { readonly id: string; finish(done: Partial<Action>): void } {
    const index = this.written.length;
    const line = this.add(action);
    return {
      id: line.id,
      finish: (done) => {
        this.written[index] = { ...line, ...done };
      },
    };
  }

  segment(line: Unnumbered<Omit<SegmentLine, "frame">>, packet: Uint8Array): SegmentLine {
    const numbered = this.add<SegmentLine>({ ...line, frame: this.recorded.length + 1 });
    this.recorded.push({ line: numbered, packet });
    return numbered;
  }

  sighting(line: Unnumbered<Sighting>): void {
    this.add(line);
  }

  note(line: Unnumbered<Note>): void {
    this.add(line);
  }

  /** Where the evidence stands now, for `discardSince`. */
  mark(): { readonly lines: number; readonly packets: number } {
    return { lines: this.written.length, packets: this.recorded.length };
  }

  /** Takes back what an attempt at a scene recorded that is not to count. What others recorded meanwhile stays, numbered anew. */
  discardSince(mark: { readonly lines: number; readonly packets: number }, scene: string): void {
    const others = this.written.splice(mark.lines).filter((line) => line.scene !== scene);
    const renamed = new Map<string, string>();
    for (const { id, ...line } of others) {
      const after = "after" in line ? { after: renamed.get(line.after) ?? line.after } : {};
      renamed.set(id, this.add({ ...line, ...after } as Unnumbered<TimelineLine>).id);
    }
    this.recorded.length = mark.packets;
  }

  private add<L extends TimelineLine>(line: Unnumbered<L>): L {
    // The id stands first in the file, where a reader looks for it.
    const numbered = { id: `e${this.written.length + 1}`, ...line } as unknown as L;
    this.written.push(numbered);
    return numbered;
  }
}

export const writeTimeline = (lines: readonly TimelineLine[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");

type Own<L> = Omit<L, "type" | "id" | "scene" | "frame">;
type Untimed<L> = Omit<Own<L>, "at">;

/** Without the source, which is the witness's. */
type Seen = Omit<Untimed<Sighting>, "source"> & { readonly at?: string };

/** Without data where the topic has none. */
type DataOf<T extends NoteTopic> = NoteData[T] extends undefined ? [] : [data: NoteData[T]];

export class SceneRecorder {
  readonly scene: string;
  private readonly recorder: Recorder;
  private readonly clock: () => string;

  /** `clock`: the run's time, as lines have it. */
  constructor(recorder: Recorder, scene: string, clock: () => string) {
    this.recorder = recorder;
    this.scene = scene;
    this.clock = clock;
  }

  /** Gives an action its place before its consequences. What came of it, its sentence first of all, is told by `finish`. */
  begin({ step, actor }: Pick<Action, "step" | "actor">): ReturnType<Recorder["begin"]> {
    const { scene } = this;
    return this.recorder.begin({
      type: "action",
      at: this.clock(),
      scene,
      step,
      actor,
      sentence: "",
      outcome: { ok: true },
    });
  }

  /** An action that has led to nothing. Returns the line's id. */
  action(done: Untimed<Action>): string {
    return this.recorder.begin({ type: "action", at: this.clock(), scene: this.scene, ...done }).id;
  }

  /** `at`: when it was seen; `packet`: from the IP header on. */
  segment({ at, ...line }: Own<SegmentLine>, packet: Uint8Array): SegmentLine {
    return this.recorder.segment({ type: "segment", at, scene: this.scene, ...line }, packet);
  }

  /** `at`: when the witness had spoken; the present where that does not matter. */
  sighting({ at = this.clock(), after, witness, ...line }: Seen): void {
    const { source } = WITNESSES[witness];
    this.recorder.sighting({ type: "sighting", at, scene: this.scene, after, witness, source, ...line });
  }

  note<T extends NoteTopic>(topic: T, text: string, ...[data]: DataOf<T>): void {
    const { recorder, scene } = this;
    const told = data === undefined ? {} : { data: data as unknown as Readonly<Record<string, Json>> };
    recorder.note({ type: "note", at: this.clock(), scene, topic, text, ...told });
  }
}

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

// What is recorded of one scene: each line with its scene and its time. Ids and numbers of frames are the recorder's to give.

import type { NoteData, NoteTopic } from "./notes.ts";
import type { Recorder } from "./recorder.ts";
import type { Action, Json, SegmentLine, Sighting } from "./timeline.ts";
import { WITNESSES } from "./witnesses.ts";

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

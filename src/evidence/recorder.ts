// The evidence of a run while it is being gathered: lines in order, and the packets that belong to the segment lines.

import type { Action, Note, SegmentLine, Sighting, TimelineLine } from "./timeline.ts";

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

// Reads the tape of a world for its scene: each frame is decoded once, told from others', counted against the kernel, and recognised where it repeats another.

import type { HeldSegment } from "../drive/step-runner.ts";
import { CountedFrames } from "../evidence/counted-frames.ts";
import type { TapeAccount } from "../evidence/notes.ts";
import type { Repeats } from "../evidence/repeats.ts";
import type { SceneRecorder } from "../evidence/scene-recorder.ts";
import { describePacket } from "../evidence/segment-line.ts";
import type { SegmentLine } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import type { Segment } from "../tcp/segment.ts";
import { decodeIfTcp } from "../tcp/segment-codec.ts";
import type { Frame } from "../wire/tape.ts";
import type { World } from "../wire/world.ts";

/** A segment that the kernel sent. */
export interface TapedSegment extends HeldSegment {
  /** When it was sent. */
  readonly at: string;
  repeats?: TapedSegment;
  /** Where it stands in the evidence, once it does. */
  line?: SegmentLine;
  /** The first that was written down of this segment and its repeats. */
  firstLine?: SegmentLine;
}

/** Which end of a scene sent a segment, and among which others its repeats are to be found. Undefined: it is not the scene's. */
export type Sender = (segment: Segment) => { readonly end: End; readonly among: Repeats<TapedSegment> } | undefined;

/** Readings of the counters, some hundredths of a millisecond each, until one agrees with the tape. */
const TURNS = 100;

export class TapeReader {
  private readonly world: Pick<World, "tape" | "segmentCounts">;
  private readonly sender: Sender;
  private readonly counted = new CountedFrames();
  private readonly sentBefore: number;
  private fresh: TapedSegment[] = [];

  /** The scene begins: what the kernel sends from now on is its own. */
  constructor(world: Pick<World, "tape" | "segmentCounts">, sender: Sender) {
    this.world = world;
    this.sender = sender;
    this.sentBefore = world.segmentCounts().sent;
  }

  /** What came since this was called last, in the order of the wire. */
  read(): readonly TapedSegment[] {
    this.collect();
    const { fresh } = this;
    this.fresh = [];
    return fresh;
  }

  /** Whether the tape holds all that the kernel has counted as sent at this moment. */
  get isLevel(): boolean {
    this.collect();
    return this.counted.asCounted >= this.kernelSent;
  }

  /** Whether it holds exactly that, at an instant in which none was sent meanwhile. */
  get agrees(): boolean {
    const sent = this.kernelSent;
    this.collect();
    return this.counted.asCounted === sent && this.kernelSent === sent;
  }

  /** Absence is evidence only where the tape holds as many segments as the kernel says it sent. */
  account(): TapeAccount {
    const kernelSent = this.settledKernelSent();
    const { frames, asCounted } = this.counted;
    const drops = this.world.tape?.drops ?? 0;
    return { frames, asCounted, kernelSent, drops, complete: drops === 0 && asCounted === kernelSent };
  }

  /**
   * How many segments the kernel has sent in this scene, at a moment at which the tape had been read as far: its timers may
   * send while one of the two is being read.
   */
  private settledKernelSent(): number {
    for (let turn = 1; ; turn++) {
      const sent = this.kernelSent;
      this.collect();
      const settled = this.kernelSent === sent && this.counted.asCounted >= sent;
      if (settled || turn === TURNS) return sent;
    }
  }

  private get kernelSent(): number {
    return this.world.segmentCounts().sent - this.sentBefore;
  }

  private collect(): void {
    for (const frame of this.world.tape?.read() ?? []) {
      const segment = decodeIfTcp(frame.packet);
      const sent = segment === undefined ? undefined : this.sender(segment);
      if (segment !== undefined && sent !== undefined) this.take(frame, segment, sent);
    }
  }

  private take(
    { at, packet, gsoSize }: Frame,
    segment: Segment,
    { end, among }: NonNullable<ReturnType<Sender>>,
  ): void {
    const numbered = { ...segment, length: segment.payload.length };
    const known = gsoSize === undefined ? {} : { gsoSize };
    const taped: TapedSegment = { at, end, segment, packet, ...known };
    const repeats = among.recognise(numbered, taped);
    if (repeats !== undefined) taped.repeats = repeats;
    this.counted.take({ ...numbered, ...known, repeats });
    this.fresh.push(taped);
  }
}

export const formatAccount = ({ frames, asCounted, kernelSent, drops }: TapeAccount): string =>
  `The tape holds ${frames} segments, which the kernel counts as ${asCounted}; it counted ${kernelSent} sent; ${drops} frames were dropped.`;

/** Puts a segment of the kernel's into the evidence. */
export function writeTaped(taped: TapedSegment, recorder: SceneRecorder): void {
  const { at, end, packet, segment, gsoSize } = taped;
  const original = taped.repeats ?? taped;
  const line = recorder.segment(
    {
      at,
      origin: "kernel",
      ...(gsoSize !== undefined && { gsoSize }),
      ...(original.firstLine !== undefined && { repeats: original.firstLine.id }),
      end,
      ...describePacket(packet, segment),
    },
    packet,
  );
  taped.line = line;
  original.firstLine ??= line;
}

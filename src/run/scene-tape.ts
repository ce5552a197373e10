// The tape of a scene as its evidence: each frame is decoded once, told from others', counted against the kernel, recognised where it repeats another, and written down before anybody else has it.

import type { HeldSegment, MadeSegment } from "../drive/step-runner.ts";
import { waitFor } from "../drive/wait.ts";
import { CountedFrames } from "../evidence/counted-frames.ts";
import type { TapeAccount } from "../evidence/notes.ts";
import { describePacket, type SceneRecorder } from "../evidence/recorder.ts";
import { Repeats } from "../evidence/repeats.ts";
import type { SegmentLine } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Segment } from "../tcp/segment.ts";
import { decodeIfTcp, decodeSegment } from "../tcp/segment-codec.ts";
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

/** How long the tape may lag behind the kernel's counters after a step. */
const SETTLE_MS = 30;

export interface TapeSetting {
  readonly world: Pick<World, "isPrivate" | "tape" | "segmentCounts">;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  readonly recorder: SceneRecorder;
}

export class SceneTape {
  private readonly setting: TapeSetting;
  private readonly reader: TapeReader;

  constructor(setting: TapeSetting) {
    const among = new Repeats<TapedSegment>();
    this.setting = setting;
    this.reader = new TapeReader(setting.world, (segment) =>
      this.isOurs(segment) ? { end: this.endAt(segment.from), among } : undefined,
    );
  }

  /** What the kernel sent since this was called last, written down. */
  read(): readonly HeldSegment[] {
    const taped = this.reader.read();
    for (const one of taped) writeTaped(one, this.setting.recorder);
    return taped;
  }

  /** Writes down a segment that the lab made itself. `at`: the present. */
  writeMade(at: string, { origin, packet, alters }: MadeSegment): HeldSegment {
    const segment = decodeSegment(packet);
    const end = this.endAt(segment.from);
    const original = alters?.line === undefined ? {} : { alters: alters.line.id };
    const facts = { at, origin, ...original, end, ...describePacket(packet, segment) };
    const line = this.setting.recorder.segment(facts, packet);
    return { line, end, segment, packet };
  }

  /** The kernel may still be sending for an instant after a call has returned. */
  async settle(): Promise<void> {
    const { tape, isPrivate } = this.setting.world;
    if (tape === undefined || !isPrivate) return;
    await waitFor(() => (this.reader.isLevel ? true : undefined), SETTLE_MS);
  }

  /** Nothing without a tape. */
  noteAccount(): void {
    const { world, recorder } = this.setting;
    if (world.tape === undefined) return;
    const account = this.reader.account();
    this.read();
    const text = world.isPrivate
      ? formatAccount(account)
      : `The tape holds ${account.frames} segments; the host's counters include other programs' and cannot tell whether that is all.`;
    recorder.note("tape", text, { ...account, complete: world.isPrivate && account.complete });
  }

  private endAt({ port }: Endpoint): End {
    return port === this.setting.endpoints.server.port ? "server" : "client";
  }

  /** On a host's own lo there are others' segments, which are none of our business. A client may be connected to itself. */
  private isOurs({ from, to }: Segment): boolean {
    const { client, server } = this.setting.endpoints;
    const ports = [from.port, to.port];
    return this.setting.world.isPrivate || ports.includes(server.port) || ports.every((port) => port === client.port);
  }
}

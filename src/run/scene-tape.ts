// The tape of one scene as its evidence: every frame is written down first, and then handed to the held wire. Its only reader.

import type { HeldSegment } from "../drive/step-runner.ts";
import { waitFor } from "../drive/wait.ts";
import { CountedFrames } from "../evidence/counted-frames.ts";
import type { Recorder } from "../evidence/recorder.ts";
import { Repeats } from "../evidence/repeats.ts";
import { describePacket } from "../evidence/segment-line.ts";
import type { Note } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import { decodeIfTcp, decodeSegment } from "../tcp/segment-codec.ts";
import type { Frame } from "../wire/tape.ts";
import type { World } from "../wire/world.ts";
import type { Setting } from "./setting.ts";

/** How long the tape may lag behind the kernel's counters after a step. */
const SETTLE_MS = 30;

/** Readings of the counters, some hundredths of a millisecond each, until one agrees with the tape. */
const TURNS = 100;

type Made =
  | { readonly origin: "kernel"; readonly gsoSize?: number }
  | { readonly origin: "forged" | "altered"; readonly alters?: string };

export interface TapeSetting extends Setting {
  readonly world: Pick<World, "isPrivate" | "tape" | "segmentCounts">;
}

export class SceneTape {
  private readonly setting: TapeSetting;
  private readonly recorder: Recorder;
  private readonly heard: (segment: HeldSegment) => void;
  private readonly repeats = new Repeats();
  private readonly counted = new CountedFrames();
  private readonly sentBefore: number;

  /** `heard` is told of what the kernel sent. */
  constructor(setting: TapeSetting, recorder: Recorder, heard: (segment: HeldSegment) => void) {
    this.setting = setting;
    this.recorder = recorder;
    this.heard = heard;
    this.sentBefore = setting.world.segmentCounts().sent;
  }

  read(): void {
    for (const frame of this.setting.world.tape?.read() ?? []) this.takeFrame(frame);
  }

  /** Writes a segment into the evidence, where it is one of the scene's. */
  write(at: string, packet: Uint8Array, made: Made): HeldSegment {
    const segment = decodeSegment(packet);
    const { scene, endpoints } = this.setting;
    const end: End = segment.from.port === endpoints.server.port ? "server" : "client";
    const next = `e${this.recorder.lines.length + 1}`;
    const repeats =
      made.origin === "kernel"
        ? this.repeats.recognise({ ...segment, length: segment.payload.length }, next)
        : undefined;
    const line = this.recorder.segment(
      {
        type: "segment",
        at,
        scene: scene.id,
        ...made,
        ...(repeats !== undefined && { repeats }),
        end,
        ...describePacket(packet, segment),
      },
      packet,
    );
    if (made.origin === "kernel") this.counted.take(line);
    return { id: line.id, frame: line.frame, end, segment, packet, ...(repeats !== undefined && { repeats }) };
  }

  /** The kernel may still be sending for an instant after a call has returned. */
  async settle(): Promise<void> {
    this.read();
    const { tape, isPrivate } = this.setting.world;
    if (tape === undefined || !isPrivate) return;
    await waitFor(() => {
      this.read();
      return this.counted.asCounted >= this.setting.world.segmentCounts().sent - this.sentBefore ? true : undefined;
    }, SETTLE_MS);
  }

  /** Absence is evidence only where the tape holds as many segments as the kernel says it sent. Undefined without a tape. */
  account(): Pick<Note, "text" | "data"> | undefined {
    const { tape, isPrivate } = this.setting.world;
    if (tape === undefined) return undefined;
    const kernelSent = this.kernelSent();
    const { frames, asCounted } = this.counted;
    const { drops } = tape;
    const complete = isPrivate && drops === 0 && asCounted === kernelSent;
    const text = isPrivate
      ? `The tape holds ${frames} segments, which the kernel counts as ${asCounted}; it counted ${kernelSent} sent; ${drops} frames were dropped.`
      : `The tape holds ${frames} segments; the host's counters include other programs' and cannot tell whether that is all.`;
    return { text, data: { frames, asCounted, kernelSent, drops, complete } };
  }

  /**
   * How many segments the kernel has sent in this scene, at a moment at which the tape had been read as far: its timers may
   * send while one of the two is being read.
   */
  private kernelSent(): number {
    for (let turn = 1; ; turn++) {
      const sent = this.setting.world.segmentCounts().sent - this.sentBefore;
      this.read();
      const settled =
        this.setting.world.segmentCounts().sent - this.sentBefore === sent && this.counted.asCounted >= sent;
      if (settled || turn === TURNS) return sent;
    }
  }

  private takeFrame({ at, packet, gsoSize }: Frame): void {
    const segment = decodeIfTcp(packet);
    if (segment === undefined || !this.isOurs(segment.from.port, segment.to.port)) return;
    this.heard(this.write(at, packet, { origin: "kernel", ...(gsoSize !== undefined && { gsoSize }) }));
  }

  /** On a host's own lo there are others' segments, which are none of our business. A client may be connected to itself. */
  private isOurs(from: number, to: number): boolean {
    const { client, server } = this.setting.endpoints;
    const ports = [from, to];
    return this.setting.world.isPrivate || ports.includes(server.port) || ports.every((port) => port === client.port);
  }
}

// The tape of a scene of encounters: gives every frame to its connection, and writes down what belongs to a meeting.

import type { EncounterConnection } from "../../drive/encounter-connection.ts";
import type { HeldSegment } from "../../drive/step-runner.ts";
import { CountedFrames } from "../../evidence/counted-frames.ts";
import type { Recorder } from "../../evidence/recorder.ts";
import { Repeats } from "../../evidence/repeats.ts";
import { describePacket } from "../../evidence/segment-line.ts";
import { now } from "../../kernel/clock.ts";
import type { End } from "../../tcp/end.ts";
import type { Segment } from "../../tcp/segment.ts";
import { decodeIfTcp, decodeSegment } from "../../tcp/segment-codec.ts";
import type { Frame, Tape } from "../../wire/tape.ts";
import type { World } from "../../wire/world.ts";

export class EncounterTape {
  /** Connections whose answers came when the look had been taken already. */
  readonly late = new Set<EncounterConnection>();
  private readonly world: World;
  private readonly tape: Tape;
  private readonly recorder: Recorder;
  private readonly scene: string;
  /**
   * Each end's own: the other end repeats its FIN until it vanishes, and what the subject says later (in TIME_WAIT's very
   * words, perhaps) answers its segment, not that FIN.
   */
  private readonly repeats: Readonly<Record<End, Repeats>> = { client: new Repeats(), server: new Repeats() };
  private readonly counted = new CountedFrames();
  private readonly sentBefore: number;
  private kernelSent = 0;
  private readonly byPort = new Map<number, EncounterConnection>();
  /** Those that have met their segment or are about to, and whether the look was taken. */
  private readonly meeting = new Map<EncounterConnection, "open" | "looked">();
  /** Of the first line that was written of each segment, its id, by the name of the frame that first had its numbers. */
  private readonly lineOf = new Map<string, string>();

  constructor(world: World, recorder: Recorder, scene: string) {
    if (world.tape === undefined) throw new Error("encounters without a tape");
    this.world = world;
    this.tape = world.tape;
    this.sentBefore = world.segmentCounts().sent;
    this.recorder = recorder;
    this.scene = scene;
  }

  follow(apart: EncounterConnection): void {
    this.byPort.set(apart.endpoints.client.port, apart).set(apart.endpoints.server.port, apart);
  }

  /**
   * From now on what the connection's subject sends is evidence; the last it said before is, too, and its FIN: later lines
   * may repeat either.
   */
  openMeeting(apart: EncounterConnection): void {
    const { heard } = apart;
    const fin = heard.find(({ held }) => held.segment.flags.includes("FIN"));
    for (const one of heard)
      if (one === fin || one === heard.at(-1)) this.writeKernel(one.at, one.held.end, one.held.packet, one.held);
    this.meeting.set(apart, "open");
  }

  closeMeetings(): void {
    for (const apart of this.meeting.keys()) this.meeting.set(apart, "looked");
  }

  read(): void {
    for (const frame of this.tape.read()) {
      const segment = decodeIfTcp(frame.packet);
      const apart = segment === undefined ? undefined : this.byPort.get(segment.from.port);
      if (segment !== undefined && apart !== undefined) this.take(apart, frame, segment);
    }
  }

  writeForged(packet: Uint8Array, end: End): HeldSegment {
    const segment = decodeSegment(packet);
    const line = this.recorder.segment(
      { type: "segment", at: now(), scene: this.scene, origin: "forged", end, ...describePacket(packet, segment) },
      packet,
    );
    return { id: line.id, frame: line.frame, end, segment, packet };
  }

  /**
   * Whether the tape holds exactly as many segments as the kernel counts as sent, at an instant in which none was sent
   * meanwhile: hundreds of connections repeat what they sent, and a burst between two readings would look like a gap.
   */
  agrees(): boolean {
    this.kernelSent = this.readKernelSent();
    this.read();
    return this.counted.asCounted === this.kernelSent && this.readKernelSent() === this.kernelSent;
  }

  noteTape(complete: boolean): void {
    const { frames, asCounted } = this.counted;
    const { kernelSent } = this;
    const { drops } = this.tape;
    this.recorder.note({
      type: "note",
      at: now(),
      scene: this.scene,
      topic: "tape",
      text: `The tape holds ${frames} segments, which the kernel counts as ${asCounted}; it counted ${kernelSent} sent; ${drops} frames were dropped. Written down are those of the meetings.`,
      data: { frames, asCounted, kernelSent, drops, complete: complete && drops === 0 },
    });
  }

  private readKernelSent(): number {
    return this.world.segmentCounts().sent - this.sentBefore;
  }

  private take(apart: EncounterConnection, { at, packet, gsoSize }: Frame, segment: Segment): void {
    const end: End = segment.from.port === apart.endpoints.client.port ? "client" : "server";
    const name = `frame ${this.counted.frames + 1}`;
    const numbered = { ...segment, length: segment.payload.length };
    const repeats = this.repeats[end].recognise(numbered, name);
    const known = { ...(repeats !== undefined && { repeats }), ...(gsoSize !== undefined && { gsoSize }) };
    const held = { id: name, frame: 0, end, segment, packet, ...known };
    this.counted.take({ ...numbered, ...known });
    const meeting = this.meeting.get(apart);
    if (meeting !== undefined && end === apart.encounter.way.subject) {
      this.writeKernel(at, end, packet, held);
      if (repeats === undefined && meeting === "looked") this.late.add(apart);
    }
    apart.take(at, held);
  }

  private writeKernel(at: string, end: End, packet: Uint8Array, held: HeldSegment): void {
    const original = held.repeats ?? held.id;
    const repeats = this.lineOf.get(original);
    const line = this.recorder.segment(
      {
        type: "segment",
        at,
        scene: this.scene,
        origin: "kernel",
        ...(repeats !== undefined && { repeats }),
        ...(held.gsoSize !== undefined && { gsoSize: held.gsoSize }),
        end,
        ...describePacket(packet, held.segment),
      },
      packet,
    );
    if (repeats === undefined) this.lineOf.set(original, line.id);
  }
}

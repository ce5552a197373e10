// The tape of a scene of encounters: gives every segment to its connection, and writes down what belongs to a meeting.

import { EncounterConnection } from "../../drive/encounter-connection.ts";
import type { HeldSegment } from "../../drive/step-runner.ts";
import { describePacket, type SceneRecorder } from "../../evidence/recorder.ts";
import { Repeats } from "../../evidence/repeats.ts";
import { now } from "../../kernel/clock.ts";
import type { End } from "../../tcp/end.ts";
import { decodeSegment } from "../../tcp/segment-codec.ts";
import type { World } from "../../wire/world.ts";
import { formatAccount, type TapedSegment, TapeReader, writeTaped } from "../scene-tape.ts";

export class TapedConnection extends EncounterConnection<TapedSegment> {}

export class EncounterTape {
  /** Connections whose answers came when the look had been taken already. */
  readonly late = new Set<TapedConnection>();
  private readonly recorder: SceneRecorder;
  private readonly reader: TapeReader;
  private readonly byPort = new Map<number, TapedConnection>();
  /** Those that have met their segment or are about to, and whether the look was taken. */
  private readonly meeting = new Map<TapedConnection, "open" | "looked">();

  constructor(world: World, recorder: SceneRecorder) {
    if (world.tape === undefined) throw new Error("encounters without a tape");
    // Each end's own: the other end repeats its FIN until it vanishes, and what the subject says later (in TIME_WAIT's very
    // words, perhaps) answers its segment, not that FIN.
    const among: Readonly<Record<End, Repeats<TapedSegment>>> = { client: new Repeats(), server: new Repeats() };
    this.recorder = recorder;
    this.reader = new TapeReader(world, ({ from: { port } }) => {
      const apart = this.byPort.get(port);
      if (apart === undefined) return undefined;
      const end = port === apart.endpoints.client.port ? "client" : "server";
      return { end, among: among[end] };
    });
  }

  follow(apart: TapedConnection): void {
    this.byPort.set(apart.endpoints.client.port, apart).set(apart.endpoints.server.port, apart);
  }

  /**
   * From now on what the connection's subject sends is evidence; the last it said before is, too, and its FIN: later lines
   * may repeat either.
   */
  openMeeting(apart: TapedConnection): void {
    const { heard } = apart;
    const fin = heard.find(({ segment }) => segment.flags.includes("FIN"));
    for (const one of heard) if (one === fin || one === heard.at(-1)) writeTaped(one, this.recorder);
    this.meeting.set(apart, "open");
  }

  closeMeetings(): void {
    for (const apart of this.meeting.keys()) this.meeting.set(apart, "looked");
  }

  read(): void {
    for (const taped of this.reader.read()) this.take(taped);
  }

  writeForged(packet: Uint8Array, end: End): HeldSegment {
    const segment = decodeSegment(packet);
    const facts = { at: now(), origin: "forged", end, ...describePacket(packet, segment) } as const;
    return { line: this.recorder.segment(facts, packet), end, segment, packet };
  }

  /**
   * Whether the tape holds exactly as many segments as the kernel counts as sent, at an instant in which none was sent
   * meanwhile: hundreds of connections repeat what they sent, and a burst between two readings would look like a gap.
   */
  agrees(): boolean {
    const { agrees } = this.reader;
    this.read();
    return agrees;
  }

  noteAccount(): void {
    const account = this.reader.account();
    this.read();
    this.recorder.note("tape", `${formatAccount(account)} Written down are those of the meetings.`, account);
  }

  private take(taped: TapedSegment): void {
    const apart = this.byPort.get(taped.segment.from.port);
    if (apart === undefined) return;
    const meeting = this.meeting.get(apart);
    if (meeting !== undefined && taped.end === apart.encounter.way.subject) {
      writeTaped(taped, this.recorder);
      if (taped.repeats === undefined && meeting === "looked") this.late.add(apart);
    }
    apart.take(taped);
  }
}

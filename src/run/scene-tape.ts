// The tape of one scene as its evidence: every frame is written down first, and then given to whoever holds the wire. Its only reader.

import type { HeldSegment, MadeSegment } from "../drive/step-runner.ts";
import { waitFor } from "../drive/wait.ts";
import { Repeats } from "../evidence/repeats.ts";
import type { SceneRecorder } from "../evidence/scene-recorder.ts";
import { describePacket } from "../evidence/segment-line.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Segment } from "../tcp/segment.ts";
import { decodeSegment } from "../tcp/segment-codec.ts";
import type { World } from "../wire/world.ts";
import { formatAccount, type TapedSegment, TapeReader, writeTaped } from "./tape-reader.ts";

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

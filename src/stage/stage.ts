// One scene on the running kernel: its namespace, its two ends, its tape and looks. The only reader of the tape.

import { FreeEnd } from "../drive/free-end.ts";
import { HeldWire } from "../drive/held-wire.ts";
import { Machine } from "../drive/machine.ts";
import { OtherSockets } from "../drive/other-sockets.ts";
import { passTime } from "../drive/pass-time.ts";
import { waitFor } from "../drive/patience.ts";
import { type Deed, type HeldSegment, NothingCame, type Stagehand } from "../drive/stagehand.ts";
import { SteppedEnd } from "../drive/stepped-end.ts";
import type { Recorder } from "../evidence/recorder.ts";
import { Repeats } from "../evidence/repeats.ts";
import { describePacket } from "../evidence/segment-line.ts";
import { now } from "../kernel/clock.ts";
import { readSegmentCounts } from "../kernel/tcp-counters.ts";
import type { FreeScene, SteppedScene } from "../lab.ts";
import type { End } from "../tcp/end.ts";
import { decodeSegment } from "../tcp/segment-codec.ts";
import { CountedFrames } from "../wire/counted-frames.ts";
import { Injector } from "../wire/injector.ts";
import type { Tape } from "../wire/tape.ts";
import { countersSince } from "../witness/counters/counters.ts";
import type { Subject, Witness } from "../witness/witness.ts";
import { Looks } from "./looks.ts";
import type { Setting } from "./setting.ts";
import { stepNumberer } from "./step-name.ts";
import { Interrupted, type Stepper } from "./stepper.ts";

/** How long the tape may lag behind the kernel's counters after a step. */
const SETTLE_MS = 30;

export interface StageSetting extends Setting {
  readonly recorder: Recorder;
  readonly witnesses: readonly Witness[];
  /** Told of a witness that nobody should ask again in the whole run. */
  readonly giveUp: (witness: Witness) => void;
  /** The steps after which a state claim wants every witness. */
  readonly askedSteps: ReadonlySet<string>;
  /** A claim asks about an end's listener beside its connection. */
  readonly watchesListener: boolean;
  readonly signal: AbortSignal;
  /** A person who steps through the scene. */
  readonly stepper?: Stepper;
}

export class Stage implements Stagehand {
  private readonly setting: StageSetting;
  private readonly tape: Tape | undefined;
  private readonly looks: Looks;
  private readonly repeats = new Repeats();
  private readonly numberStep = stepNumberer();
  private readonly sentBefore: number;
  private readonly counted = new CountedFrames();
  private wire: HeldWire | undefined;
  private subjects: () => readonly Subject[] = () => [];

  /** Everything in `setting` must stand: the namespace entered, the tape running. */
  constructor(setting: StageSetting, tape: Tape | undefined) {
    this.setting = setting;
    this.tape = tape;
    const witnesses = setting.private ? [...setting.witnesses, countersSince()] : setting.witnesses;
    this.looks = new Looks(setting.scene.id, witnesses, setting.recorder, setting.giveUp);
    this.sentBefore = readSegmentCounts().sent;
  }

  /** Plays the scene to its end, or to where the wire did not bring what the lab waited for. */
  async play(scene: SteppedScene | FreeScene): Promise<void> {
    if (scene.mode === "stepped") await this.playStepped(scene);
    else await this.playFree(scene);
  }

  async perform(deed: Deed): Promise<void> {
    this.stopIfInterrupted();
    await deed.prepare?.();
    this.stopIfInterrupted();
    const chosen = await this.chosenDeed(deed);
    this.readTape();
    const step = this.numberStep(chosen.step);
    const action = this.setting.recorder.begin({
      type: "action",
      at: now(),
      scene: this.setting.scene.id,
      step,
      actor: deed.actor,
      sentence: "",
      outcome: { ok: true },
    });
    const { segments, ...done } = await chosen.execute();
    action.finish({ ...done, ...(segments !== undefined && { segments }) });
    await this.settle();
    const { stepper, askedSteps } = this.setting;
    await this.looks.take(action.id, this.subjects(), stepper !== undefined || askedSteps.has(step));
    stepper?.show(action.id);
  }

  /** What the lab says, or what a person chose in its stead. */
  private async chosenDeed(deed: Deed): Promise<Pick<Deed, "step" | "execute">> {
    const { stepper, signal } = this.setting;
    const fate = await stepper?.choose(deed.step, deed.choice?.segment(), signal);
    this.readTape(); // a person may have thought for long: what came meanwhile came before the deed
    const other = fate === undefined || fate === "deliver" ? undefined : deed.choice?.others[fate];
    if (other === undefined) return deed;
    const text = `Here a person chose "${other.step}" instead of "${deed.step}": what follows is not the lab's scene any more, and no claim rests on it.`;
    this.note("departed", text, { instead: deed.step, chosen: other.step });
    return other;
  }

  readTape(): void {
    for (const frame of this.tape?.read() ?? []) this.takeFrame(frame.at, frame.packet);
  }

  writeMade(made: { origin: "forged" | "altered"; packet: Uint8Array; alters?: string }): HeldSegment {
    const { packet, ...rest } = made;
    return this.writeSegment(now(), packet, rest);
  }

  private async playStepped(scene: SteppedScene): Promise<void> {
    using injector = new Injector(this.setting.family);
    this.wire = new HeldWire(this, () => injector, this.setting.family, this.setting.endpoints);
    using client = this.steppedEnd("client", scene, this.wire);
    using server = this.steppedEnd("server", scene, this.wire);
    this.subjects = () => [
      client.subject,
      server.subject,
      ...(this.setting.watchesListener ? [client.listenerSubject ?? [], server.listenerSubject ?? []].flat() : []),
    ];
    if (scene.established !== undefined) await this.establish(client, server, scene.established);
    const wire = this.wire;
    using others = this.others;
    await this.untilItEnds(() => scene.play({ client, server, wire, others, time: this.time }));
  }

  private async playFree(scene: FreeScene): Promise<void> {
    const { client: local, server: remote } = this.setting.endpoints;
    await using client = new FreeEnd({ end: "client", local, remote, ...this.personal }, this);
    await using server = new FreeEnd({ end: "server", local: remote, remote: local, ...this.personal }, this);
    this.subjects = () => [client.subject, server.subject];
    using others = this.others;
    const machine = new Machine(this);
    await this.untilItEnds(() => scene.play({ client, server, others, machine, time: this.time }));
  }

  /** The evidence ends with the play: what the ends send while they are cleaned away is no part of the scene. */
  private async untilItEnds(play: () => Promise<void>): Promise<void> {
    try {
      await play();
    } catch (error) {
      if (!(error instanceof NothingCame)) throw error;
      this.note("nothing-came", `${error.message}. The scene ends here.`, { ...error.awaited });
    } finally {
      await this.settle();
      this.noteHeld();
      this.noteTape();
    }
  }

  private steppedEnd(end: End, scene: SteppedScene, wire: HeldWire): SteppedEnd {
    const { family, endpoints } = this.setting;
    const [local, remote] =
      end === "client" ? [endpoints.client, endpoints.server] : [endpoints.server, endpoints.client];
    const isn = scene.isn?.[end];
    const chosen = { ...(isn !== undefined && { isn }), ...this.personal };
    const made = new SteppedEnd({ end, family, local, remote, ...chosen }, this, wire);
    made.open();
    return made;
  }

  private async establish(client: SteppedEnd, server: SteppedEnd, next: Readonly<Record<End, number>>): Promise<void> {
    await this.perform({
      actor: "lab",
      step: "establish",
      execute: () => {
        client.establish(next.client, next.server);
        server.establish(next.server, next.client);
        this.wire?.begin(next);
        const numbers = `the client's next number is ${next.client}, the server's ${next.server}`;
        return {
          sentence: `The lab puts both ends into ESTABLISHED without a handshake (TCP_REPAIR): ${numbers}.`,
          outcome: { ok: true },
        };
      },
    });
  }

  private get personal() {
    const { alphabet } = this.setting;
    return alphabet === undefined ? {} : { alphabet };
  }

  private get others() {
    return new OtherSockets(this.setting.family, this.setting.endpoints, this);
  }

  private get time() {
    return { pass: (duration: string) => passTime(duration, this, this.setting.signal) };
  }

  private takeFrame(at: string, packet: Uint8Array): void {
    const segment = decodeTcp(packet);
    if (segment === undefined || !this.isOurs(segment.from.port, segment.to.port)) return;
    const written = this.writeSegment(at, packet, { origin: "kernel" });
    this.counted.take(written);
    this.wire?.take(written);
  }

  private writeSegment(
    at: string,
    packet: Uint8Array,
    made: { origin: "kernel" | "forged" | "altered"; alters?: string },
  ): HeldSegment {
    const segment = decodeSegment(packet);
    const { recorder, scene, endpoints } = this.setting;
    const end: End = segment.from.port === endpoints.server.port ? "server" : "client";
    const repeats =
      made.origin === "kernel" ? this.repeats.recognise(segment, `e${recorder.lines.length + 1}`) : undefined;
    const line = recorder.segment(
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
    return { id: line.id, frame: line.frame, end, segment, packet, ...(repeats !== undefined && { repeats }) };
  }

  /** On a host's own lo there are others' segments, which are none of our business. */
  private isOurs(from: number, to: number): boolean {
    const { port } = this.setting.endpoints.server;
    return this.setting.private || from === port || to === port;
  }

  /** The kernel may still be sending for an instant after a call has returned. */
  private async settle(): Promise<void> {
    this.readTape();
    if (this.tape === undefined || !this.setting.private) return;
    await waitFor(() => {
      this.readTape();
      return this.counted.asCounted >= readSegmentCounts().sent - this.sentBefore ? true : undefined;
    }, SETTLE_MS);
  }

  private noteHeld(): void {
    const held = this.wire?.undecided ?? [];
    if (held.length === 0) return;
    const spelled = held.map(({ end, segment }) => `the ${end}'s ${segment.flags.join(" ")}`).join(", ");
    this.note("held", `The lab neither handed on nor dropped: ${spelled}.`, {
      segments: held.map(({ id }) => id),
    });
  }

  /** Absence is evidence only where the tape holds as many segments as the kernel says it sent. */
  private noteTape(): void {
    if (this.tape === undefined) return;
    const { setting } = this;
    const kernelSent = this.counted.kernelSent(this.sentBefore, () => this.readTape());
    const { frames, asCounted } = this.counted;
    const drops = this.tape.drops;
    const complete = setting.private && drops === 0 && asCounted === kernelSent;
    const text = setting.private
      ? `The tape holds ${frames} segments, which the kernel counts as ${asCounted}; it counted ${kernelSent} sent; ${drops} frames were dropped.`
      : `The tape holds ${frames} segments; the host's counters include other programs' and cannot tell whether that is all.`;
    this.note("tape", text, { frames, asCounted, kernelSent, drops, complete });
  }

  private note(
    topic: string,
    text: string,
    data?: Readonly<Record<string, string | number | boolean | string[]>>,
  ): void {
    this.setting.recorder.note({
      type: "note",
      at: now(),
      scene: this.setting.scene.id,
      topic,
      text,
      ...(data !== undefined && { data }),
    });
  }

  private stopIfInterrupted(): void {
    if (this.setting.signal.aborted) throw new Interrupted();
  }
}

function decodeTcp(packet: Uint8Array) {
  try {
    return decodeSegment(packet);
  } catch {
    return undefined; // not TCP: neighbour discovery, ICMP
  }
}

// A connection apart from the scene's own: its two ends are driven without a line in the evidence, until the runner asks for one.

import { HarnessError } from "../fault.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import { decodeSegment } from "../tcp/segment-codec.ts";
import type { World } from "../wire/world.ts";
import type { Encounter } from "./encounter.ts";
import { HeldWire } from "./held-wire.ts";
import type { HeldSegment, MadeSegment, Step, StepResult, StepRunner } from "./step-runner.ts";
import { SteppedEnd } from "./stepped-end.ts";

/** What a connection apart needs of the runner. */
export interface EncounterContext {
  readonly family: Family;
  readonly world: World;
  readTape(): void;
}

/** `T`: what the tape is read as. */
export class EncounterConnection<T extends HeldSegment = HeldSegment> implements StepRunner, Disposable {
  readonly encounter: Encounter;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  /** What the subject sent so far. */
  readonly heard: T[] = [];
  private readonly context: EncounterContext;
  private readonly wire: HeldWire;
  private readonly ends: Readonly<Record<End, SteppedEnd>>;
  private write: ((made: MadeSegment) => HeldSegment) | undefined;
  private done: StepResult | undefined;

  constructor(encounter: Encounter, endpoints: Readonly<Record<End, Endpoint>>, context: EncounterContext) {
    this.encounter = encounter;
    this.endpoints = endpoints;
    this.context = context;
    this.wire = new HeldWire(this, context.world, context.family, endpoints);
    this.ends = { client: this.openEnd("client"), server: this.openEnd("server") };
  }

  get subject() {
    return this.ends[this.encounter.way.subject].sockets.subject;
  }

  /**
   * Walks the way to the encounter's state. The other end then vanishes: no gate guards a subject that is (or will be) in
   * TIME_WAIT or CLOSED, and what that end repeats would be a second segment. Throws NothingCame, or a HarnessError when the kernel refuses a call.
   */
  async reach(): Promise<void> {
    const { walk, subject } = this.encounter.way;
    await walk({ ...this.ends, wire: this.wire });
    this.ends[otherEnd(subject)].sockets.vanish();
  }

  /** Lets the subject meet its segment; `write` puts the forged one into the evidence. */
  async meet(write: (made: MadeSegment) => HeldSegment): Promise<StepResult> {
    const { way, segment } = this.encounter;
    const { flags, seqPlus, ...rest } = segment;
    this.write = write;
    await this.wire.forge(otherEnd(way.subject), flags, { ...rest, seqPlus: seqPlus(this.window) });
    this.write = undefined;
    if (this.done === undefined) throw new Error("connection apart: a meeting without an outcome");
    return this.done;
  }

  /** The runner hands over what it read from the tape. */
  take(held: T): void {
    if (held.end === this.encounter.way.subject) this.heard.push(held);
    this.wire.take(held);
  }

  async runStep(step: Step): Promise<void> {
    await step.prepare?.();
    this.context.readTape();
    this.done = await step.execute();
    this.context.readTape();
    if (!this.done.outcome.ok) throw new HarnessError(`encounter ${this.encounter.id}: ${this.done.sentence}`);
  }

  readTape(): void {
    this.context.readTape();
  }

  writeMade(made: MadeSegment): HeldSegment {
    const { packet } = made;
    const end = otherEnd(this.encounter.way.subject);
    return this.write?.(made) ?? { end, segment: decodeSegment(packet), packet };
  }

  [Symbol.dispose](): void {
    this.ends.client[Symbol.dispose]();
    this.ends.server[Symbol.dispose]();
  }

  /** RCV.WND as last announced; window scaling is off where encounters are played. */
  private get window(): number {
    return this.heard.at(-1)?.segment.window ?? 0;
  }

  private openEnd(end: End): SteppedEnd {
    const { endpoints, context } = this;
    const { family, world } = context;
    const place = { end, family, world, local: endpoints[end], remote: endpoints[otherEnd(end)] };
    const made = new SteppedEnd(place, this, this.wire);
    made.sockets.open();
    return made;
  }
}

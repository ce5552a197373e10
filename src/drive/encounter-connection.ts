// A connection apart from the scene's own: its two ends are driven without a line in the evidence, until the stage asks for one.

import { HarnessError } from "../fault.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import { decodeSegment } from "../tcp/segment-codec.ts";
import type { Injector } from "../wire/injector.ts";
import type { Encounter } from "./encounter.ts";
import { HeldWire } from "./held-wire.ts";
import type { Deed, Done, HeldSegment, Stagehand } from "./step-runner.ts";
import { SteppedEnd } from "./stepped-end.ts";

/** What a connection apart needs of the stage. */
export interface Backstage {
  readonly family: Family;
  readonly injector: Injector;
  readTape(): void;
}

type Made = Parameters<Stagehand["writeMade"]>[0];

/** A segment that the subject sent, as it lay on the tape. */
export interface Heard {
  readonly at: string;
  readonly held: HeldSegment;
}

export class ConnectionApart implements Stagehand, Disposable {
  readonly encounter: Encounter;
  readonly endpoints: Readonly<Record<End, Endpoint>>;
  /** What the subject sent so far. */
  readonly heard: Heard[] = [];
  private readonly backstage: Backstage;
  private readonly wire: HeldWire;
  private readonly ends: Readonly<Record<End, SteppedEnd>>;
  private write: ((made: Made) => HeldSegment) | undefined;
  private done: Done | undefined;

  constructor(encounter: Encounter, endpoints: Readonly<Record<End, Endpoint>>, backstage: Backstage) {
    this.encounter = encounter;
    this.endpoints = endpoints;
    this.backstage = backstage;
    this.wire = new HeldWire(this, () => backstage.injector, backstage.family, endpoints);
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
  async meet(write: (made: Made) => HeldSegment): Promise<Done> {
    const { way, segment } = this.encounter;
    const { flags, seqPlus, ...rest } = segment;
    this.write = write;
    await this.wire.forge(otherEnd(way.subject), flags, { ...rest, seqPlus: seqPlus(this.window) });
    this.write = undefined;
    if (this.done === undefined) throw new Error("connection apart: a meeting without an outcome");
    return this.done;
  }

  /** The stage hands over what it read from the tape. */
  take(at: string, held: HeldSegment): void {
    if (held.end === this.encounter.way.subject) this.heard.push({ at, held });
    this.wire.take(held);
  }

  async perform(deed: Deed): Promise<void> {
    await deed.prepare?.();
    this.backstage.readTape();
    this.done = await deed.execute();
    this.backstage.readTape();
    if (!this.done.outcome.ok) throw new HarnessError(`encounter ${this.encounter.id}: ${this.done.sentence}`);
  }

  readTape(): void {
    this.backstage.readTape();
  }

  writeMade(made: Made): HeldSegment {
    const { packet } = made;
    const end = otherEnd(this.encounter.way.subject);
    return this.write?.(made) ?? { id: "", frame: 0, end, segment: decodeSegment(packet), packet };
  }

  [Symbol.dispose](): void {
    this.ends.client[Symbol.dispose]();
    this.ends.server[Symbol.dispose]();
  }

  /** RCV.WND as last announced; window scaling is off where encounters are played. */
  private get window(): number {
    return this.heard.at(-1)?.held.segment.window ?? 0;
  }

  private openEnd(end: End): SteppedEnd {
    const { endpoints, backstage } = this;
    const setting = { end, family: backstage.family, local: endpoints[end], remote: endpoints[otherEnd(end)] };
    const made = new SteppedEnd(setting, this, this.wire);
    made.sockets.open();
    return made;
  }
}

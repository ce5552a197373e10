// The held wire between the two ends: every segment waits here until the lab decides its fate.

import { spellPayload } from "../evidence/payload.ts";
import { LabError } from "../fault.ts";
import { readSegmentCounts } from "../kernel/tcp-counters.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { Injector } from "../wire/injector.ts";
import { type Alteration, alterPacket, type ForgedSegment, SeenNumbers } from "./forge.ts";
import { Found, matches, nameOf, spellFlow, spellNumbers, type Which } from "./segment-selector.ts";
import { type Done, type Fate, type HeldSegment, NothingCame, type Stagehand } from "./step-runner.ts";
import { PATIENCE_MS, QUIET_MS, waitFor } from "./wait.ts";

export class HeldWire {
  private readonly held: HeldSegment[] = [];
  /** Every segment of the scene, for old duplicates. */
  private readonly taken: HeldSegment[] = [];
  private readonly numbers: SeenNumbers;
  private readonly hand: Stagehand;
  private readonly injector: () => Injector;

  constructor(hand: Stagehand, injector: () => Injector, family: Family, endpoints: Readonly<Record<End, Endpoint>>) {
    this.hand = hand;
    this.injector = injector;
    this.numbers = new SeenNumbers(family, endpoints);
  }

  /** The connection was set up without a handshake: what each end sends next. */
  begin(next: Readonly<Record<End, number>>): void {
    this.numbers.begin(next);
  }

  /** The stage hands over what it read from the tape. */
  take(segment: HeldSegment): void {
    this.numbers.sent(segment);
    this.held.push(segment);
    this.taken.push(segment);
  }

  /** What the lab has not decided on; a repeat of what was handed on or dropped needs no decision. */
  get undecided(): readonly HeldSegment[] {
    return this.held.filter((held) => held.repeats === undefined);
  }

  /** Hands one held segment on to its socket (waits up to 1.5 s for it to be sent). */
  deliver(flags: string, which: Which = {}): Promise<void> {
    return this.decide("deliver", flags, which);
  }

  /** Loses one held segment. */
  drop(flags: string, which: Which = {}): Promise<void> {
    return this.decide("drop", flags, which);
  }

  /** Hands one held segment on twice. */
  duplicate(flags: string, which: Which = {}): Promise<void> {
    return this.decide("duplicate", flags, which);
  }

  /** Hands on an altered copy of a held segment in its stead. */
  alter(flags: string, change: Alteration, which: Which = {}): Promise<void> {
    const found = new Found(() => this.awaitHeld(flags, which));
    return this.hand.perform({
      actor: "wire",
      step: nameOf("alter", flags, which),
      prepare: () => found.wait(),
      execute: async () => {
        const held = found.segment;
        if (which.keep !== true) this.remove(held);
        const packet = alterPacket(held.packet, change);
        const altered = this.hand.writeMade({ origin: "altered", packet, alters: held.id });
        await this.handOn(altered);
        return {
          sentence: `The wire changes the ${held.end}'s ${spellNumbers(held)} and hands on ${spellNumbers(altered)} in its stead.`,
          outcome: { ok: true },
          fate: "delivered",
          segments: [altered.id],
        };
      },
    });
  }

  /** Hands on the two oldest held segments of these flags in reversed order. */
  async reorder(flags: string, which: Which = {}): Promise<void> {
    await this.deliver(flags, { ...which, nth: 2 });
    await this.deliver(flags, which);
  }

  /** An old duplicate: the first such segment that an end ever sent comes once more, as it stood. */
  replay(flags: string, which: Which = {}): Promise<void> {
    return this.hand.perform({
      actor: "wire",
      step: nameOf("replay", flags, which),
      execute: async () => {
        const old = this.taken.find((held) => matches(held, flags, which));
        if (old === undefined) throw new LabError(`lab: wire.replay("${flags}"): no such segment was sent before`);
        const copy = this.hand.writeMade({ origin: "forged", packet: old.packet });
        await this.handOn(copy);
        return {
          sentence: `An old duplicate turns up: the ${old.end}'s ${spellNumbers(old)} once more.`,
          outcome: { ok: true },
          fate: "delivered",
          segments: [copy.id],
        };
      },
    });
  }

  /** Sends a segment that neither end made, as if `from` had sent it; numbers count from what the receiver expects. */
  forge(from: End, flags: string, forged: ForgedSegment = {}): Promise<void> {
    return this.hand.perform({
      actor: "wire",
      step: `forge ${from} ${flags}`,
      execute: async () => {
        this.hand.readTape();
        const made = this.hand.writeMade({ origin: "forged", packet: this.numbers.forge(from, flags, forged) });
        const { payload } = made.segment;
        const content = payload.length === 0 ? "" : `, and writes ${spellPayload(payload)} into it`;
        await this.handOn(made);
        return {
          sentence: `The wire forges a segment of the ${from}'s: ${spellNumbers(made)}${content}.`,
          outcome: { ok: true },
          fate: "delivered",
          segments: [made.id],
        };
      },
    });
  }

  /** Hands on everything that comes, in order and without looks, until no ACK is owed and `quiet` milliseconds bring nothing new. */
  flow(quiet = QUIET_MS): Promise<void> {
    return this.hand.perform({
      actor: "wire",
      step: "flow",
      execute: async () => {
        const patience = () => (this.numbers.ackIsOwed ? PATIENCE_MS : quiet);
        const handedOn = await this.handOnEach(() => waitFor(() => this.nextInFlow(), patience()));
        return {
          sentence: `The wire ${spellFlow(handedOn)}.`,
          outcome: { ok: true, value: handedOn.length },
          fate: "delivered",
          segments: handedOn.map(({ id }) => id),
        };
      },
    });
  }

  /** Waits for a held segment without deciding on it; throws NothingCame. Not a step. */
  async awaitHeld(flags: string, which: Which = {}): Promise<HeldSegment> {
    const found = await waitFor(() => {
      this.hand.readTape();
      return this.held.filter((held) => matches(held, flags, which))[(which.nth ?? 1) - 1];
    });
    if (found === undefined)
      throw new NothingCame({ flags, ...(which.from && { from: which.from }) }, this.describeHeld());
    return found;
  }

  /** Whether such a segment of this end is held, without waiting for one. */
  holds(flags: string, from: End): boolean {
    return this.held.some((held) => matches(held, flags, { from }));
  }

  /** Hands on what is held at this moment, in order. Not a step. */
  handOnWhatIsHeld(): Promise<readonly HeldSegment[]> {
    return this.handOnEach(() => this.nextInFlow());
  }

  /** For a verb that must act on a segment before the kernel's next timer: sends it and returns at once. */
  handOnInOneBreath(held: HeldSegment): void {
    this.remove(held);
    this.injector().send(held.packet);
    this.numbers.delivered(held);
  }

  private decide(fate: Fate, flags: string, which: Which): Promise<void> {
    const found = new Found(() => this.awaitHeld(flags, which));
    const deedOf = (chosen: Fate) => ({
      step: nameOf(chosen, flags, which),
      execute: () => {
        this.remove(found.segment);
        return this.carryOut(chosen, found.segment);
      },
    });
    return this.hand.perform({
      actor: "wire",
      ...deedOf(fate),
      prepare: () => found.wait(),
      ...(fate === "deliver" && {
        choice: { segment: () => found.segment, others: { drop: deedOf("drop"), duplicate: deedOf("duplicate") } },
      }),
    });
  }

  private async carryOut(fate: Fate, held: HeldSegment): Promise<Done> {
    const copies = { deliver: 1, drop: 0, duplicate: 2 }[fate];
    for (let copy = 0; copy < copies; copy++) await this.handOn(held);
    const { verb, past, after } = TELLING[fate];
    return {
      sentence: `The wire ${verb} the ${held.end}'s ${spellNumbers(held)}${after}.`,
      outcome: { ok: true },
      fate: past,
      segments: [held.id],
    };
  }

  private remove(held: HeldSegment): void {
    this.held.splice(this.held.indexOf(held), 1);
  }

  private async handOnEach(
    next: () => HeldSegment | undefined | Promise<HeldSegment | undefined>,
  ): Promise<readonly HeldSegment[]> {
    const handedOn: HeldSegment[] = [];
    for (let held = await next(); held !== undefined; held = await next()) {
      this.remove(held);
      await this.handOn(held);
      handedOn.push(held);
    }
    return handedOn;
  }

  /** What nobody has decided on yet, or else a repeat of what was handed on and its receiver has dropped. */
  private nextInFlow(): HeldSegment | undefined {
    this.hand.readTape();
    // The newest copy: the timestamp of an older one may be too old for its receiver (PAWS, RFC 7323 §5).
    return this.undecided[0] ?? this.held.findLast((held) => this.numbers.wasDropped(held));
  }

  /** Sends it past the gate and waits until TCP has counted it: only then has it been processed. */
  private async handOn(held: HeldSegment): Promise<void> {
    const before = readSegmentCounts().received;
    this.injector().send(held.packet);
    this.numbers.delivered(held);
    await waitFor(() => (readSegmentCounts().received > before ? true : undefined), PATIENCE_MS);
  }

  private describeHeld(): string {
    const held = this.undecided.map((one) => `the ${one.end}'s ${spellNumbers(one)}`);
    return held.length === 0
      ? `nothing came within ${PATIENCE_MS} ms`
      : `within ${PATIENCE_MS} ms only this was held: ${held.join("; ")}`;
  }
}

const TELLING = {
  deliver: { verb: "hands on", past: "delivered", after: "" },
  drop: { verb: "loses", past: "dropped", after: "" },
  duplicate: { verb: "hands on", past: "duplicated", after: " twice" },
} as const satisfies Record<Fate, object>;

// The held wire between the two ends: every segment waits here until the lab decides its fate.

import { formatPayload } from "../evidence/payload.ts";
import { LabError } from "../fault.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import { type Alteration, alterPacket, type ForgedSegment, forgePacket } from "./forge.ts";
import {
  AwaitedSegment,
  formatFlow,
  formatNumbers,
  matchesSelector,
  type SegmentSelector,
  stepName,
} from "./segment-selector.ts";
import { SequenceTracker } from "./sequence-tracker.ts";
import {
  type Decision,
  type HeldSegment,
  NothingCame,
  type StepResult,
  type StepRunner,
  stepOnWire,
} from "./step-runner.ts";
import { QUIET_MS, SEGMENT_TIMEOUT_MS, waitFor } from "./wait.ts";

export class HeldWire {
  private readonly held: HeldSegment[] = [];
  /** Every segment of the scene, for old duplicates. */
  private readonly taken: HeldSegment[] = [];
  private readonly numbers: SequenceTracker;
  private readonly runner: StepRunner;
  private readonly world: Pick<World, "send" | "segmentCounts">;

  constructor(
    runner: StepRunner,
    world: Pick<World, "send" | "segmentCounts">,
    family: Family,
    endpoints: Readonly<Record<End, Endpoint>>,
  ) {
    this.runner = runner;
    this.world = world;
    this.numbers = new SequenceTracker(family, endpoints);
  }

  /** The connection was set up without a handshake: what each end sends next. */
  begin(next: Readonly<Record<End, number>>): void {
    this.numbers.begin(next);
  }

  /** The runner hands over what it read from the tape. */
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
  deliver(flags: string, which: SegmentSelector = {}): Promise<void> {
    return this.decide("deliver", flags, which);
  }

  /** Loses one held segment. */
  drop(flags: string, which: SegmentSelector = {}): Promise<void> {
    return this.decide("drop", flags, which);
  }

  /** Hands one held segment on twice. */
  duplicate(flags: string, which: SegmentSelector = {}): Promise<void> {
    return this.decide("duplicate", flags, which);
  }

  /** Hands on an altered copy of a held segment in its stead. */
  alter(flags: string, change: Alteration, which: SegmentSelector = {}): Promise<void> {
    const found = new AwaitedSegment(() => this.awaitHeld(flags, which));
    return this.runner.runStep({
      actor: "wire",
      name: stepName("alter", flags, which),
      prepare: () => found.wait(),
      execute: async () => {
        const held = found.segment;
        if (which.keep !== true) this.remove(held);
        const packet = alterPacket(held.packet, change);
        const altered = this.runner.writeMade({ origin: "altered", packet, alters: held });
        await this.send(altered);
        return stepOnWire(
          `The wire changes the ${held.end}'s ${formatNumbers(held)} and hands on ${formatNumbers(altered)} in its stead.`,
          [altered],
        );
      },
    });
  }

  /** Hands on the two oldest held segments of these flags in reversed order. */
  async reorder(flags: string, which: SegmentSelector = {}): Promise<void> {
    await this.deliver(flags, { ...which, nth: 2 });
    await this.deliver(flags, which);
  }

  /** An old duplicate: the first such segment that an end ever sent comes once more, as it stood. */
  replay(flags: string, which: SegmentSelector = {}): Promise<void> {
    return this.runner.runStep({
      actor: "wire",
      name: stepName("replay", flags, which),
      execute: async () => {
        const old = this.taken.find((held) => matchesSelector(held, flags, which));
        if (old === undefined) throw new LabError(`lab: wire.replay("${flags}"): no such segment was sent before`);
        const copy = this.runner.writeMade({ origin: "forged", packet: old.packet });
        await this.send(copy);
        return stepOnWire(`An old duplicate turns up: the ${old.end}'s ${formatNumbers(old)} once more.`, [copy]);
      },
    });
  }

  /** Sends a segment that neither end made, as if `from` had sent it; numbers count from what the receiver expects. */
  forge(from: End, flags: string, forged: ForgedSegment = {}): Promise<void> {
    return this.runner.runStep({
      actor: "wire",
      name: `forge ${from} ${flags}`,
      execute: async () => {
        this.runner.readTape();
        const packet = forgePacket(this.numbers.nextFrom(from), flags, forged);
        const made = this.runner.writeMade({ origin: "forged", packet });
        const { payload } = made.segment;
        const content = payload.length === 0 ? "" : `, and writes ${formatPayload(payload)} into it`;
        await this.send(made);
        return stepOnWire(`The wire forges a segment of the ${from}'s: ${formatNumbers(made)}${content}.`, [made]);
      },
    });
  }

  /** Hands on everything that comes, in order and without looks, until no ACK is owed and `quiet` milliseconds bring nothing new. */
  flow(quiet = QUIET_MS): Promise<void> {
    return this.runner.runStep({
      actor: "wire",
      name: "flow",
      execute: async () => {
        const patience = () => (this.numbers.ackIsOwed ? SEGMENT_TIMEOUT_MS : quiet);
        const delivered = await this.deliverEach(() => waitFor(() => this.nextInFlow(), patience()));
        const outcome = { ok: true, value: delivered.length } as const;
        return { ...stepOnWire(`The wire ${formatFlow(delivered)}.`, delivered), outcome };
      },
    });
  }

  /** Waits for a held segment without deciding on it; throws NothingCame. Not a step. */
  async awaitHeld(flags: string, which: SegmentSelector = {}): Promise<HeldSegment> {
    const found = await waitFor(() => {
      this.runner.readTape();
      return this.held.filter((held) => matchesSelector(held, flags, which))[(which.nth ?? 1) - 1];
    });
    if (found === undefined)
      throw new NothingCame({ flags, ...(which.from && { from: which.from }) }, this.describeHeld());
    return found;
  }

  /** Whether such a segment of this end is held, without waiting for one. */
  holds(flags: string, from: End): boolean {
    return this.held.some((held) => matchesSelector(held, flags, { from }));
  }

  /** Hands on what is held at this moment, in order. Not a step. */
  deliverWhatIsHeld(): Promise<readonly HeldSegment[]> {
    return this.deliverEach(() => this.nextInFlow());
  }

  /** For a verb that must act on a segment before the kernel's next timer: sends it and returns at once. */
  deliverAtOnce(held: HeldSegment): void {
    this.remove(held);
    this.world.send(held.packet);
    this.numbers.delivered(held);
  }

  private decide(fate: Decision, flags: string, which: SegmentSelector): Promise<void> {
    const found = new AwaitedSegment(() => this.awaitHeld(flags, which));
    const stepOf = (chosen: Decision) => ({
      name: stepName(chosen, flags, which),
      execute: () => {
        this.remove(found.segment);
        return this.carryOut(chosen, found.segment);
      },
    });
    return this.runner.runStep({
      actor: "wire",
      ...stepOf(fate),
      prepare: () => found.wait(),
      ...(fate === "deliver" && {
        choice: { segment: () => found.segment, others: { drop: stepOf("drop"), duplicate: stepOf("duplicate") } },
      }),
    });
  }

  private async carryOut(fate: Decision, held: HeldSegment): Promise<StepResult> {
    const copies = { deliver: 1, drop: 0, duplicate: 2 }[fate];
    for (let copy = 0; copy < copies; copy++) await this.send(held);
    const { verb, past, after } = TELLING[fate];
    return stepOnWire(`The wire ${verb} the ${held.end}'s ${formatNumbers(held)}${after}.`, [held], past);
  }

  private remove(held: HeldSegment): void {
    this.held.splice(this.held.indexOf(held), 1);
  }

  private async deliverEach(
    next: () => HeldSegment | undefined | Promise<HeldSegment | undefined>,
  ): Promise<readonly HeldSegment[]> {
    const delivered: HeldSegment[] = [];
    for (let held = await next(); held !== undefined; held = await next()) {
      this.remove(held);
      await this.send(held);
      delivered.push(held);
    }
    return delivered;
  }

  /** What nobody has decided on yet, or else a repeat of what was handed on and its receiver has dropped. */
  private nextInFlow(): HeldSegment | undefined {
    this.runner.readTape();
    // The newest copy: the timestamp of an older one may be too old for its receiver (PAWS, RFC 7323 §5).
    return this.undecided[0] ?? this.held.findLast((held) => this.numbers.wasDropped(held));
  }

  /** Sends it past the gate and waits until TCP has counted it: only then has it been processed. */
  private async send(held: HeldSegment): Promise<void> {
    const before = this.world.segmentCounts().received;
    this.world.send(held.packet);
    this.numbers.delivered(held);
    await waitFor(() => (this.world.segmentCounts().received > before ? true : undefined), SEGMENT_TIMEOUT_MS);
  }

  private describeHeld(): string {
    const held = this.undecided.map((one) => `the ${one.end}'s ${formatNumbers(one)}`);
    return held.length === 0
      ? `nothing came within ${SEGMENT_TIMEOUT_MS} ms`
      : `within ${SEGMENT_TIMEOUT_MS} ms only this was held: ${held.join("; ")}`;
  }
}

const TELLING = {
  deliver: { verb: "hands on", past: "delivered", after: "" },
  drop: { verb: "loses", past: "dropped", after: "" },
  duplicate: { verb: "hands on", past: "duplicated", after: " twice" },
} as const satisfies Record<Decision, object>;

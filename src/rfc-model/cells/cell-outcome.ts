// What the RFCs say of one cell: the model asked with numbers of our own choosing, the answer in the common notation.

import type { Form } from "../../claims/claim.ts";
import { advance, sequence } from "../../tcp/sequence.ts";
import { FORMER_ANSWERS } from "../deviations/former-answers.ts";
import type { KnownDeviation } from "../deviations/known-deviation.ts";
import { onLinux } from "../deviations/known-deviations.ts";
import { type KernelChange, renderFormer, renderLatter } from "../kernel-changes/kernel-change.ts";
import { segmentArrives } from "../segment-arrives.ts";
import type { ArrivingSegment, Ground, Outcome, TransmissionControlBlock } from "../transmission-control-block.ts";
import { formatEncounter } from "./format-encounter.ts";
import { ACK_PLUS, type Cell, flagsOfSegment, SITUATIONS, type Situation, seqPlus, textOf } from "./segment-cells.ts";

export interface DocumentedCell {
  /** What the text describes first. */
  readonly text: string;
  /** All that the text allows, the first one included. */
  readonly permits: readonly string[];
  readonly ground: Ground;
  /** Where Linux is known to do something else: what, and by which deviation. */
  readonly onLinux?: { readonly text: string; readonly deviation: KnownDeviation };
  /** Where kernels differ in it, and not all as the text allows: what the newest do, and what others do. Else empty. */
  readonly forms: readonly Form[];
}

/** Any numbers would do; these are far apart, so that no sum of one is mistaken for another. */
const ISS = sequence(1_000_000);
const RCV_NXT = sequence(5_000_000);
const WINDOW = 60_000;
const TS_RECENT = 900_000;
/** Milliseconds: beyond any reordering, far below half the number space (RFC 7323 §5.3). */
const OLD_BY = 100_000;

export type Model = (tcb: TransmissionControlBlock, segment: ArrivingSegment) => readonly Outcome[];

/** `model`: another one only to show that a wrong line would be noticed. */
export function documentedCell(cell: Cell, model: Model = segmentArrives): DocumentedCell {
  const situation = SITUATIONS[cell.situation];
  const tcb = blockOf(situation, cell.timestamp !== undefined);
  const segment = segmentOf(cell, tcb);
  const outcomes = model(tcb, segment);
  const base = {
    own: {
      next: situation.numbers === "none" ? undefined : tcb.sndNxt,
      acknowledged: situation.numbers === "both" ? tcb.rcvNxt : undefined,
    },
    met: segment,
  };
  const permits = outcomes.map(({ replies, state }) => formatEncounter(replies, state, base));
  const [first] = outcomes;
  const [text] = permits;
  if (first === undefined || text === undefined) throw new Error(`cell ${cell.id}: the model gave no outcome`);
  const { answer, deviation } = onLinux(tcb, segment);
  const linux = formatEncounter(answer.replies, answer.state, base);
  const deviates = deviation !== undefined && !permits.includes(linux);
  const formers = FORMER_ANSWERS.flatMap(({ change, instead }) => {
    const former = instead(tcb, segment);
    return former === undefined ? [] : [{ change, text: formatEncounter(former.replies, former.state, base) }];
  });
  const forms = formsOf(linux, formers, deviates ? [] : permits);
  return { text, permits, ground: first.ground, ...(deviates && { onLinux: { text: linux, deviation } }), forms };
}

interface Former {
  readonly change: KernelChange;
  readonly text: string;
}

/**
 * `allowed`: what needs no other word, since the text has room for it. Kernels without several of the changes show one of
 * these forms as well; where two kinds of kernels answer alike, the form tells of both.
 */
function formsOf(latter: string, formers: readonly Former[], allowed: readonly string[]): readonly Form[] {
  const others = [...new Set(formers.map(({ text }) => text))].filter(
    (text) => text !== latter && !allowed.includes(text),
  );
  if (others.length === 0) return [];
  const changes = formers.filter(({ text }) => others.includes(text)).map(({ change }) => change);
  const since = {
    id: changes.map(({ id }) => `since-${id}`).join("-and-"),
    told: changes.map(renderLatter).join(" "),
  };
  return [latter, ...others].map((text) => {
    const before = formers
      .filter((former) => former.text === text)
      .map(({ change }) => ({ id: `before-${change.id}`, told: renderFormer(change) }));
    const causes = text === latter ? [since, ...before] : before;
    return {
      id: causes.map(({ id }) => id).join("-or-"),
      value: { kind: "text", value: text },
      told: causes.map(({ told }) => told).join(" Or: "),
    };
  });
}

function blockOf(situation: Situation, timestamps: boolean): TransmissionControlBlock {
  const sndNxt = advance(ISS, 1);
  return {
    state: situation.state,
    opened: situation.opened,
    iss: ISS,
    sndNxt,
    sndUna: advance(sndNxt, -situation.outstanding),
    maxSndWnd: WINDOW,
    rcvNxt: RCV_NXT,
    rcvWnd: WINDOW,
    ...(timestamps && { tsRecent: TS_RECENT }),
  };
}

function segmentOf(cell: Cell, tcb: TransmissionControlBlock): ArrivingSegment {
  const { segment, place = "next", acknowledgement = "next", timestamp } = cell;
  const tsval = timestamp === "absent" ? undefined : timestamp === "old" ? TS_RECENT - OLD_BY : TS_RECENT;
  return {
    flags: flagsOfSegment(segment),
    seq: advance(tcb.rcvNxt, seqPlus(place, segment, tcb.rcvWnd)),
    ack: advance(tcb.sndNxt, ACK_PLUS[acknowledgement]),
    length: textOf(segment),
    ...(timestamp !== undefined && tsval !== undefined && { tsval }),
  };
}

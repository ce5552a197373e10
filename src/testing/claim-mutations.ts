// Changes to a run of any lab, each to a fact on which one of its claims rests: taken from the evidence that the untouched run's verdict names, by a forger who keeps both files in step.

import type { Claim } from "../claims/claim.ts";
import type { Action, SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { FLAGS } from "../tcp/flags.ts";
import { sequence } from "../tcp/sequence.ts";
import type { JudgedClaim } from "../verdict/document-schema.ts";
import { type Forgery, forgedInBoth, recounted, withSegments } from "./careful-forger.ts";
import { anotherState, type Lines, replaced, without } from "./changed-lines.ts";
import type { Chance } from "./seeded.ts";

/** A claim, and the lines that decided it. */
export interface Rested {
  readonly ask: Claim["ask"];
  readonly lines: readonly TimelineLine[];
}

/** Those claims of a judged run that were decided. */
export function restedClaims(
  claims: readonly Claim[],
  judged: readonly JudgedClaim[],
  lines: Lines,
): readonly Rested[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return claims.flatMap(({ id, ask }) => {
    const own = judged.find((one) => one.id === id);
    if (own === undefined || !["conforms", "contradicts"].includes(own.verdict)) return [];
    return [{ ask, lines: own.evidence.flatMap((evidence) => byId.get(evidence) ?? []) }];
  });
}

type MutateClaim = (run: Forgery, rested: readonly Rested[], chance: Chance) => Forgery | undefined;

const isSegment = (line: TimelineLine): line is SegmentLine => line.type === "segment" && line.origin === "kernel";
/** Not a repeat: where one is gone or has another number, a claim that asks for one may rest on the next. */
const isFirst = (line: TimelineLine): line is SegmentLine => isSegment(line) && line.repeats === undefined;
const isNoSyn = (line: TimelineLine): line is SegmentLine => isFirst(line) && !line.flags.includes("SYN");
const isSighting = (line: TimelineLine): line is Sighting => line.type === "sighting";
const isAction = (line: TimelineLine): line is Action => line.type === "action";

/** A line of the wanted kind that decided a claim of the wanted kind; undefined where a lab has none. */
function pickLine<L extends TimelineLine>(
  rested: readonly Rested[],
  asks: readonly Claim["ask"]["what"][],
  isWanted: (line: TimelineLine) => line is L,
  chance: Chance,
): L | undefined {
  const lines = rested.filter(({ ask }) => asks.includes(ask.what)).flatMap((one) => one.lines.filter(isWanted));
  return lines.length === 0 ? undefined : chance.pick(lines);
}

const ofOneState = (line: TimelineLine): line is Sighting => isSighting(line) && line.states?.length === 1;
const ofProcfs = (line: TimelineLine): line is Sighting =>
  ofOneState(line) && line.witness === "procfs" && STATE_IN_PROCFS.test(line.raw);

/** The column st of /proc/net/tcp, behind both endpoints. */
const STATE_IN_PROCFS = /^(\d+: [0-9A-F]+:[0-9A-F]{4} [0-9A-F]+:[0-9A-F]{4} )0[1-9AB]/;
const SPELLED = { "01": "ESTABLISHED", "04": "FIN_WAIT_1", "06": "TIME_WAIT", "08": "CLOSE_WAIT" } as const;

const inLines = (run: Forgery, lines: Lines): Forgery => ({ ...run, lines });

/** `undefined`: the lab has nothing of the kind. */
export const CLAIM_MUTATIONS: Readonly<Record<string, MutateClaim>> = {
  "a flag of a segment that a claim names, in both files": (run, rested, chance) => {
    const line = pickLine(rested, ["segment"], isSegment, chance);
    const flag = chance.pick(FLAGS);
    return (
      line &&
      forgedInBoth(run, line, (segment) => ({
        ...segment,
        flags: FLAGS.filter((one) => segment.flags.includes(one) !== (one === flag)),
      }))
    );
  },
  "the sequence number of such a segment, in both files": (run, rested, chance) => {
    // A claim that asks for no sequence number does not rest on it; and from a SYN's the others are counted.
    const numbered = rested.filter(({ ask }) => ask.what === "segment" && ask.fields.includes("seq"));
    const line = pickLine(numbered, ["segment"], isNoSyn, chance);
    return (
      line &&
      forgedInBoth(run, line, (segment) => ({ ...segment, seq: sequence(segment.seq + 1 + chance.number(1000)) }))
    );
  },
  "that such a segment is there, in both files": (run, rested, chance) => {
    const line = pickLine(rested, ["segment"], isFirst, chance);
    return line && withSegments(run, without(run.lines, [line]));
  },
  "a number of such a segment, in the timeline": (run, rested, chance) => {
    const line = pickLine(rested, ["segment", "number"], isSegment, chance);
    const field = chance.pick(["seq", "ack", "window", "length"] as const);
    return line && inLines(run, replaced(run.lines, line, { [field]: (line[field] + 1 + chance.number(99)) % 65_536 }));
  },
  "a state that a claim rests on, beside its raw line": (run, rested, chance) => {
    const line = pickLine(rested, ["state", "transition"], ofOneState, chance);
    return line && inLines(run, replaced(run.lines, line, { states: [anotherState(chance, line.states?.[0])] }));
  },
  "such a state and its raw line with it": (run, rested, chance) => {
    const line = pickLine(rested, ["state"], ofProcfs, chance);
    if (line === undefined) return undefined;
    const codes = (Object.keys(SPELLED) as (keyof typeof SPELLED)[]).filter((one) => SPELLED[one] !== line.states?.[0]);
    const code = chance.pick(codes);
    const raw = line.raw.replace(STATE_IN_PROCFS, `$1${code}`);
    return inLines(run, replaced(run.lines, line, { states: [SPELLED[code]], raw }));
  },
  "that anybody looked where a claim asks for a state": (run, rested, chance) => {
    const line = pickLine(rested, ["state"], isSighting, chance);
    const look = run.lines.filter((one) => isSighting(one) && one.after === line?.after && one.end === line?.end);
    return line && inLines(run, recounted(without(run.lines, look)));
  },
  "what a call came back with": (run, rested, chance) => {
    const line = pickLine(rested, ["outcome"], isAction, chance);
    const outcome = line?.outcome.ok ? { ok: false, error: "EIO" } : { ok: true };
    return line && inLines(run, replaced(run.lines, line, { outcome }));
  },
  "how far a counter grew, and its raw line with it": (run, rested, chance) => {
    const claims = rested.filter(({ ask, lines }) => ask.what === "counter" && lines.some(isSighting));
    if (claims.length === 0) return undefined;
    const { ask, lines } = chance.pick(claims);
    const line = lines.find(isSighting);
    if (ask.what !== "counter" || line === undefined) return undefined;
    const counters = { ...line.counters, [ask.name]: (line.counters?.[ask.name] ?? 0) + 1 };
    const raw = Object.entries(counters)
      .map(([name, growth]) => `${name} ${growth < 0 ? growth : `+${growth}`}`)
      .join(" ");
    return inLines(run, replaced(run.lines, line, { counters, raw }));
  },
  "a packet of the capture": (run, _rested, chance) => {
    const { packets } = run.capture;
    const at = chance.number(packets.length);
    const changed = packets.map((packet, index) => {
      if (index !== at) return packet;
      const frame = packet.frame.slice();
      const octet = 14 + chance.number(frame.length - 14);
      frame[octet] = ((frame[octet] ?? 0) + 1 + chance.number(255)) & 0xff;
      return { ...packet, frame };
    });
    return { ...run, capture: { ...run.capture, packets: changed } };
  },
  "that a packet of the capture is there": (run, _rested, chance) => ({
    ...run,
    capture: { ...run.capture, packets: run.capture.packets.toSpliced(chance.number(run.capture.packets.length), 1) },
  }),
};

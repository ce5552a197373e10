// Real differences, made in a recorded run: each changes one fact that a kernel could have brought about, and nothing that timing decides.

import type { Claim } from "../claims/claim.ts";
import { byScene, type SegmentLine, type Sighting, type TimelineLine } from "../evidence/timeline.ts";
import { FLAGS } from "../tcp/flags.ts";
import { anotherState, type Lines, replaced, without } from "./changed-lines.ts";
import type { Chance } from "./seeded.ts";

export interface Changed {
  readonly lines: Lines;
  readonly scene: string;
  /** The claims that ask for what was changed; none where it is a segment's. */
  readonly claims: readonly string[];
}

/** `undefined`: the run has nothing of the kind. */
type Change = (lines: Lines, claims: readonly Claim[], chance: Chance) => Changed | undefined;

const isFirst = (line: TimelineLine): line is SegmentLine =>
  line.type === "segment" && line.origin === "kernel" && line.repeats === undefined;
const isSyn = ({ flags }: SegmentLine): boolean => flags.includes("SYN");

/**
 * Those that a step of the lab decided on by name, or that it left on the wire: each is compared. Of what flows freely
 * only some are. Where an encounter was played twice the first time counts for nothing.
 */
function heldSegments(lines: Lines): readonly SegmentLine[] {
  return [...byScene(lines)].flatMap(([, own]) => {
    const mode = own.find((line) => line.type === "note" && line.topic === "scene");
    if (mode?.type !== "note" || mode.data?.mode !== "stepped") return [];
    const flowed = own.flatMap((line) =>
      line.type === "action" && /^flow|transfer/.test(line.step) ? (line.segments ?? []) : [],
    );
    return own.filter(isFirst).filter(({ id }) => !flowed.includes(id));
  });
}

/** Others whose numbers show that this one's is another. */
const hasWitnesses = (line: SegmentLine, lines: Lines, end: SegmentLine["end"]): boolean =>
  lines.filter(
    (one) =>
      one.type === "segment" &&
      one !== line &&
      one.scene === line.scene &&
      (one.end === end || one.flags.includes("ACK")) &&
      one.repeats === undefined,
  ).length > 2;

function changedSegment(
  candidates: readonly SegmentLine[],
  lines: Lines,
  chance: Chance,
  change: (line: SegmentLine) => Partial<SegmentLine>,
): Changed | undefined {
  if (candidates.length === 0) return undefined;
  const line = chance.pick(candidates);
  return { lines: replaced(lines, line, change(line)), scene: line.scene, claims: [] };
}

const withOption = (name: string) => (line: SegmentLine) => line.options.some((option) => option.startsWith(name));
const changedOption = (line: SegmentLine, name: string, value: string | undefined) => ({
  options: line.options.flatMap((option) => (option.startsWith(name) ? (value ?? []) : [option])),
});

export const RUN_CHANGES: Readonly<Record<string, Change>> = {
  "a flag of a held segment": (lines, _claims, chance) => {
    const flag = chance.pick(FLAGS);
    return changedSegment(heldSegments(lines), lines, chance, ({ flags }) => ({
      flags: FLAGS.filter((one) => flags.includes(one) !== (one === flag)),
    }));
  },
  "the sequence number of a held segment": (lines, _claims, chance) => {
    const candidates = heldSegments(lines).filter((line) => hasWitnesses(line, lines, line.end));
    const more = 1 + chance.number(1000);
    return changedSegment(candidates, lines, chance, ({ seq }) => ({ seq: (seq + more) % 2 ** 32 }));
  },
  "what a held segment acknowledges": (lines, _claims, chance) => {
    const candidates = heldSegments(lines).filter(
      (line) => line.flags.includes("ACK") && hasWitnesses(line, lines, line.end === "client" ? "server" : "client"),
    );
    const more = 1 + chance.number(1000);
    return changedSegment(candidates, lines, chance, ({ ack }) => ({ ack: (ack + more) % 2 ** 32 }));
  },
  "the length of a segment": (lines, _claims, chance) => {
    const candidates = lines.filter(isFirst).filter(({ length }) => length > 0);
    return changedSegment([...candidates, ...heldSegments(lines)], lines, chance, ({ length }) => ({
      length: length + 1 + chance.number(99),
    }));
  },
  "an urgent pointer": (lines, _claims, chance) => {
    const candidates = heldSegments(lines).filter(({ flags }) => flags.includes("URG"));
    return changedSegment(candidates, lines, chance, ({ urgentPointer }) => ({ urgentPointer: urgentPointer + 1 }));
  },
  "a window scale": (lines, _claims, chance) =>
    changedSegment(lines.filter(isFirst).filter(withOption("window-scale")), lines, chance, (line) =>
      changedOption(line, "window-scale", "window-scale 3"),
    ),
  "an MSS": (lines, _claims, chance) =>
    changedSegment(lines.filter(isFirst).filter(withOption("mss")), lines, chance, (line) =>
      changedOption(line, "mss", "mss 536"),
    ),
  "that a SYN or a held segment has timestamps": (lines, _claims, chance) => {
    const candidates = [...lines.filter(isFirst).filter(isSyn), ...heldSegments(lines)].filter(
      withOption("timestamps"),
    );
    return changedSegment(candidates, lines, chance, (line) => changedOption(line, "timestamps", undefined));
  },
  "the order of a SYN's options": (lines, _claims, chance) => {
    const candidates = lines.filter(isFirst).filter((line) => isSyn(line) && line.options.length > 2);
    return changedSegment(candidates, lines, chance, ({ options }) => ({ options: options.toReversed() }));
  },
  "that a held segment was sent": (lines, _claims, chance) => {
    const candidates = heldSegments(lines);
    if (candidates.length === 0) return undefined;
    const line = chance.pick(candidates);
    return { lines: without(lines, [line]), scene: line.scene, claims: [] };
  },
  "a state in which witnesses saw an end": (lines, claims, chance) => {
    const asked = claims.flatMap((claim) => {
      if (claim.ask.what !== "state" || claim.ask.socket !== undefined) return [];
      const own = sightingsOf(lines, claim.scene, claim.ask.after, claim.ask.end);
      return own.length === 0 ? [] : [{ claim, own }];
    });
    if (asked.length === 0) return undefined;
    const { claim, own } = chance.pick(asked);
    const state = anotherState(chance, own[0]?.states?.[0]);
    const others = lines.map((line) => (own.includes(line as Sighting) ? { ...line, states: [state] } : line));
    return { lines: others as Lines, scene: claim.scene, claims: [claim.id] };
  },
  "what a call came back with": (lines, claims, chance) => {
    const asked = claims.flatMap((claim) => {
      const { ask, scene } = claim;
      const step = ask.what === "outcome" ? ask.of : undefined;
      const action = lines.find((line) => line.type === "action" && line.scene === scene && line.step === step);
      return action === undefined ? [] : [{ claim, action }];
    });
    if (asked.length === 0) return undefined;
    const { claim, action } = chance.pick(asked);
    const outcome = { ok: false, error: "EIO" };
    return { lines: replaced(lines, action, { outcome }), scene: claim.scene, claims: [claim.id] };
  },
  "a countdown, by more than the two runs may part": (lines, claims, chance) => {
    const asked = claims.flatMap((claim) => {
      if (claim.ask.what !== "timer") return [];
      const own = sightingsOf(lines, claim.scene, claim.ask.after, claim.ask.end);
      return own.some(({ timer }) => timer) ? [{ claim, own, within: claim.ask.within }] : [];
    });
    if (asked.length === 0) return undefined;
    const { claim, own, within } = chance.pick(asked);
    const others = lines.map((line) =>
      line.type === "sighting" && line.timer && own.includes(line)
        ? { ...line, timer: { ...line.timer, milliseconds: line.timer.milliseconds + 2 * within + 1 } }
        : line,
    );
    return { lines: others, scene: claim.scene, claims: [claim.id] };
  },
  "a sysctl, the family or the MTU of a scene": (lines, _claims, chance) => {
    const notes = lines.filter((line) => line.type === "note" && line.topic === "scene");
    if (notes.length === 0) return undefined;
    const note = chance.pick(notes);
    if (note.type !== "note") return undefined;
    const change = chance.pick([{ sysctls: { "net.ipv4.tcp_ecn": "9" } }, { family: "ipx" }, { mtu: 576 }]);
    return {
      lines: replaced(lines, note, { data: { ...note.data, ...change } }),
      scene: note.scene ?? "",
      claims: [],
    };
  },
};

function sightingsOf(lines: Lines, scene: string, step: string, end: Sighting["end"]): readonly Sighting[] {
  const action = lines.find((line) => line.type === "action" && line.scene === scene && line.step === step);
  return lines.filter(
    (line): line is Sighting =>
      line.type === "sighting" && line.after === action?.id && line.end === end && line.socket === undefined,
  );
}

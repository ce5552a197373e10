// What no two runs of equal settings have alike, made anew in a recorded run: numbers, ports, clocks, repeats, and what timing decides where segments flow freely.

import { byScene, type SegmentLine, type TimelineLine } from "../evidence/timeline.ts";
import { segmentLength } from "../tcp/segment.ts";
import type { Lines } from "./changed-lines.ts";
import type { Chance } from "./seeded.ts";

type Variation = (lines: Lines, chance: Chance) => Lines;

const NUMBERS = 2 ** 32;
const isSegment = (line: TimelineLine): line is SegmentLine => line.type === "segment";
const mapSegments = (lines: Lines, change: (line: SegmentLine) => readonly SegmentLine[]): Lines =>
  lines.flatMap((line): Lines => (isSegment(line) ? change(line) : [line]));

/** Each direction of each connection has numbers of its own; the reset of nobody's says 0 in every run. */
const otherNumbers: Variation = (lines, chance) => {
  const shifts = new Map<string, number>();
  const shift = ({ scene }: SegmentLine, from: SegmentLine["from"], to: SegmentLine["to"]): number => {
    const key = [scene, from.address, from.port, to.port].join();
    const known = shifts.get(key) ?? chance.number(NUMBERS);
    shifts.set(key, known);
    return known;
  };
  const moved = (number: number, by: number) => (number + by) % NUMBERS;
  return mapSegments(lines, (line) => {
    const [own, other] = [shift(line, line.from, line.to), shift(line, line.to, line.from)];
    const bare = line.flags.includes("RST") && line.seq === 0;
    return [
      {
        ...line,
        seq: bare ? 0 : moved(line.seq, own),
        ack: line.flags.includes("ACK") ? moved(line.ack, other) : line.ack,
        options: line.options.map((option) =>
          option.startsWith("sack ") ? option.replace(/\d+/g, (edge) => `${moved(Number(edge), other)}`) : option,
        ),
      },
    ];
  });
};

const otherPortsAndClocks: Variation = (lines, chance) => {
  const by = chance.number(1000);
  return mapSegments(lines, (line) => [
    {
      ...line,
      from: { ...line.from, port: line.from.port + by },
      to: { ...line.to, port: line.to.port + by },
      window: chance.number(65_536),
      options: line.options.map((option) =>
        option.startsWith("timestamps ") ? `timestamps ${chance.number(NUMBERS)} ${chance.number(NUMBERS)}` : option,
      ),
    },
  ]);
};

/** Some of what consumes numbers comes again. */
const moreRepeats: Variation = (lines, chance) =>
  mapSegments(lines, (line) =>
    line.origin === "kernel" && segmentLength(line) > 0 && chance.number(3) === 0
      ? [line, { ...line, id: `${line.id}00001`, repeats: line.id }]
      : [line],
  );

/** Segments of which no step of the lab spoke. */
function flowing(lines: Lines): ReadonlySet<string> {
  return new Set(
    [...byScene(lines)].flatMap(([, own]) => {
      const note = own.find((line) => line.type === "note" && line.topic === "scene");
      const free = note?.type === "note" && note.data?.mode === "free";
      return own.flatMap((line) => {
        if (isSegment(line)) return free ? [line.id] : [];
        return line.type === "action" && /^flow|transfer/.test(line.step) ? (line.segments ?? []) : [];
      });
    }),
  );
}

/** The same octets in other segments, each acknowledged on its own or not, and the FIN with them or alone. */
const otherCuts: Variation = (lines, chance) => {
  const free = flowing(lines);
  const added: string[] = [];
  const changed = mapSegments(lines, (line) => {
    const plain = !line.flags.includes("SYN") && !line.flags.includes("RST") && line.flags.includes("ACK");
    if (!free.has(line.id) || !plain || line.repeats !== undefined || line.origin !== "kernel") return [line];
    const parts = partsOf(line, chance);
    added.push(...parts.map(({ id }) => id));
    return parts;
  });
  // The step that handed the whole on handed on its parts.
  return changed.map((line) =>
    line.type === "action" && line.segments?.some((id) => free.has(id))
      ? { ...line, segments: [...line.segments, ...added] }
      : line,
  );
};

function partsOf(line: SegmentLine, chance: Chance): readonly SegmentLine[] {
  const data = line.flags.filter((flag) => flag !== "FIN" && flag !== "PSH");
  const ack = { ...line, id: `${line.id}00002`, flags: data, length: 0 };
  const before = chance.number(2) === 0 && !line.flags.includes("URG") ? [ack] : [];
  if (line.length < 2) return [...before, line];
  const first = 1 + chance.number(line.length - 1);
  return [
    ...before,
    { ...line, id: `${line.id}00003`, flags: data, length: first },
    { ...line, seq: (line.seq + first) % NUMBERS, length: line.length - first },
  ];
}

/** Of two segments of different ends that follow on each other, either may have been first. */
const otherOrder: Variation = (lines, chance) => {
  const order = [...lines];
  for (let at = 1; at < order.length; at++) {
    const [one, next] = [order[at - 1], order[at]];
    const independent = one?.type === "segment" && next?.type === "segment" && one.end !== next.end;
    if (!independent || one.scene !== next.scene || isSynOrRst(one) || isSynOrRst(next)) continue;
    if (chance.number(2) === 0) [order[at - 1], order[at]] = [next, one];
  }
  return order;
};

const isSynOrRst = ({ flags, origin }: SegmentLine): boolean =>
  origin !== "kernel" || flags.includes("SYN") || flags.includes("RST");

export const RUN_VARIATIONS: Readonly<Record<string, Variation>> = {
  "other initial numbers": otherNumbers,
  "other ports, clocks and windows": otherPortsAndClocks,
  "more repeats": moreRepeats,
  "other cuts of what flows": otherCuts,
  "another order of the ends": otherOrder,
  "all of that": (lines, chance) =>
    [otherCuts, moreRepeats, otherOrder, otherPortsAndClocks, otherNumbers].reduce<Lines>(
      (changed, vary) => vary(changed, chance),
      lines,
    ),
};

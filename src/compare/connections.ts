// The connections of a scene, each with what the kernel sent on it for the first time: how often it repeats something, timing decides.

import { ByPath } from "../evidence/by-path.ts";
import type { RelativeNumbers } from "../evidence/relative-numbers.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { ENDS } from "../tcp/end.ts";
import { formatPiece, type Piece, pieceOf } from "./piece.ts";
import { flowingIn, withoutTiming } from "./timing.ts";

export interface Connection {
  /** Of an encounter: its name, which is its own in every run. */
  readonly name?: string;
  /** In the order in which each end sent them: which end was first, timing decides. */
  readonly pieces: readonly Piece[];
}

export const formatConnection = ({ name, pieces }: Connection): string => [name, ...pieces.map(formatPiece)].join("\n");

/** `lines`: those of one scene; `numbers`: by their ids. */
export function connectionsIn(
  lines: readonly TimelineLine[],
  numbers: ReadonlyMap<string, RelativeNumbers>,
): readonly Connection[] {
  const segments = lines.filter((line) => line.type === "segment");
  const flowing = flowingIn(lines);
  const encounters = encountersIn(lines);
  const formatted = apart(segments.filter(({ origin, repeats }) => origin === "kernel" && repeats === undefined)).map(
    (own) => ({ ports: own[0]?.from.port ?? 0, pieces: piecesOf(own, numbers, flowing) }),
  );
  if (encounters === undefined) return formatted;
  return formatted
    .flatMap(({ ports, pieces }) => {
      const name = encounters.get(ports);
      return name === undefined ? [] : [{ name, pieces }];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function piecesOf(
  connection: readonly SegmentLine[],
  numbers: ReadonlyMap<string, RelativeNumbers>,
  flowing: ReadonlySet<string>,
): readonly Piece[] {
  const pieces = connection.map((line) => pieceOf(line, numbers.get(line.id) ?? line));
  return ENDS.flatMap((end) =>
    withoutTiming(
      pieces.filter((piece) => piece.end === end),
      pieces.filter((piece) => piece.end !== end),
      flowing,
    ),
  );
}

/** Segments by connection. The same ports may be used again: a second SYN of the same end begins another connection. */
function apart(segments: readonly SegmentLine[]): readonly (readonly SegmentLine[])[] {
  const connections: SegmentLine[][] = [];
  const current = new ByPath<SegmentLine[]>();
  for (const line of segments) {
    const { from, to } = line;
    const known = current.get(from, to);
    if (known !== undefined && !(opens(line) && known.some((one) => one.end === line.end && opens(one)))) {
      known.push(line);
      continue;
    }
    const own = [line];
    connections.push(own);
    current.set(from, to, own);
    current.set(to, from, own);
  }
  return connections;
}

const opens = ({ flags }: SegmentLine): boolean => flags.includes("SYN") && !flags.includes("ACK");

/**
 * The encounter that each port belongs to; undefined in a scene without any. Of one that was played again only the second
 * time counts, as for the judge.
 */
function encountersIn(lines: readonly TimelineLine[]): ReadonlyMap<number, string> | undefined {
  const met = lines.filter((line) => line.type === "action" && line.step.startsWith("meet "));
  if (met.length === 0) return undefined;
  const byId = new Map(lines.map((line) => [line.id, line]));
  const forged = new Map<string, SegmentLine>();
  for (const action of met) {
    const line = action.type === "action" ? byId.get(action.segments?.[0] ?? "") : undefined;
    if (action.type === "action" && line?.type === "segment")
      forged.set(action.step.replace(/^meet | again$/g, ""), line);
  }
  return new Map([...forged].flatMap(([name, { from, to }]) => [from, to].map(({ port }) => [port, name] as const)));
}

// What timing decides where segments flow by themselves: how octets are cut into segments, and how many ACKs come between.

import { isNoteOf } from "../evidence/notes.ts";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { Piece } from "./piece.ts";

/** Steps that hand on whatever comes: wire.flow() and the transfer of an end. */
const FLOWING = /^(flow|(client|server) transfer)( #\d+)?$/;
/** Of the lines of a scene: those of the segments that no step of the lab waited for. */
export function flowingIn(lines: readonly TimelineLine[]): ReadonlySet<string> {
  const held = factsOfMode(lines.find((line) => isNoteOf(line, "scene"))?.data?.mode)?.held === true;
  return new Set(
    lines.flatMap((line) => {
      if (line.type === "segment") return held ? [] : [line.id];
      return line.type === "action" && FLOWING.test(line.step) ? (line.segments ?? []) : [];
    }),
  );
}

/** Of one end's segments, in order: those that flow by what they carry, and by the last number that they acknowledge. */
export function withoutTiming(
  own: readonly Piece[],
  others: readonly Piece[],
  flowing: ReadonlySet<string>,
): readonly Piece[] {
  const told: Piece[] = [];
  let stretch: Piece[] = [];
  const endStretch = () => {
    told.push(...carriedBy(stretch), ...acknowledgedBy(stretch, others));
    stretch = [];
  };
  for (const piece of own) {
    const [line] = piece.lines;
    if (line !== undefined && flowing.has(line.id)) stretch.push(piece);
    else {
      endStretch();
      told.push(piece);
    }
  }
  endStretch();
  return told;
}

function carriedBy(stretch: readonly Piece[]): readonly Piece[] {
  const carried: Piece[] = [];
  for (const part of stretch.flatMap(partsOf)) {
    const last = carried.at(-1);
    const joined = last === undefined ? undefined : join(last, part);
    if (joined !== undefined) carried[carried.length - 1] = joined;
    else if (!isLastAnswer(part, carried)) carried.push(part);
  }
  return carried;
}

/**
 * Of a usual segment its octets, and its FIN, which may come with the last of them or alone; whatever else there is
 * stands for itself.
 */
function partsOf(piece: Piece): readonly Piece[] {
  const { ack: _ack, flags = "", seq, length, ...rest } = piece.fields;
  if (/SYN|RST/.test(flags) || (length === "0" && !/^(FIN )?ACK$/.test(flags))) return [piece];
  const data = { flags: flags.replace(/(PSH|FIN) /g, ""), seq: seq ?? "", length: length ?? "", ...rest };
  const fin = { flags: "FIN ACK", seq: `${Number(seq) + Number(length)}`, length: "0" };
  return [...(length === "0" ? [] : [data]), ...(flags.includes("FIN") ? [fin] : [])].map((fields) => ({
    ...piece,
    fields,
  }));
}

/** Octets that follow on octets of the same kind. */
function join(last: Piece, next: Piece): Piece | undefined {
  const [from, length] = [Number(last.fields.seq), Number(last.fields.length)];
  const follows = length > 0 && Number(next.fields.length) > 0 && Number(next.fields.seq) === from + length;
  if (!follows || last.fields.flags !== next.fields.flags) return undefined;
  return {
    ...last,
    lines: [...last.lines, ...next.lines],
    fields: { ...last.fields, length: `${length + Number(next.fields.length)}` },
    options: { ...last.options, ...next.options },
  };
}

/** Once an end has sent its FIN, it answers the other's by an ACK or, gone already, by a reset. */
const isLastAnswer = ({ fields: { flags } }: Piece, before: readonly Piece[]): boolean =>
  flags === "RST" && before.some(isFin);

const isFin = ({ fields: { flags = "" } }: Piece): boolean => /\bFIN\b/.test(flags);

function acknowledgedBy(stretch: readonly Piece[], others: readonly Piece[]): readonly Piece[] {
  const last = stretch.findLast(({ fields: { flags = "", ack } }) => ack !== undefined && !/SYN|RST/.test(flags));
  if (last === undefined) return [];
  const { sack: _sack, ...options } = last.options;
  const fin = stretch.some(isFin) ? others.find(isFin)?.fields : undefined;
  const most = fin === undefined ? Number.POSITIVE_INFINITY : Number(fin.seq) + Number(fin.length);
  return [{ ...last, fields: { flags: "ACK", ack: `${Math.min(Number(last.fields.ack), most)}` }, options }];
}

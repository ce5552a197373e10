// Segments that differ in the same way, told together with the setting that makes them differ; what claims tell of already is left out.

import { causesOf, changeBehind } from "./causes.ts";
import { groupBy } from "./group-by.ts";
import { formatPiece, type Piece } from "./piece.ts";
import type { RunDifference } from "./run-difference.ts";
import type { FieldDifference, PieceDifference } from "./segment-difference.ts";
import type { SettingDifference } from "./setting-difference.ts";

export interface SegmentFold {
  /** "option window-scale", "flags", "seq, ack"; "segment" where only one run has it. */
  readonly what: string;
  /** Undefined where this run has no such segment, or no such option in it. */
  readonly a: string | undefined;
  readonly b: string | undefined;
  readonly differences: readonly PieceDifference[];
  /** Of every scene with such a difference. */
  readonly because: readonly SettingDifference[];
  /** The change of Linux that it comes of, where none of these decides it; "" where none is known. */
  readonly change: string;
}

/** One respect in which a segment differs. */
interface Respect extends Omit<SegmentFold, "differences"> {
  readonly difference: PieceDifference;
}

export function foldSegments({ claims, segments, settings }: RunDifference): readonly SegmentFold[] {
  const told = {
    a: new Set(claims.flatMap(({ a }) => a.evidence)),
    b: new Set(claims.flatMap(({ b }) => b.evidence)),
  };
  const respects = segments.flatMap((difference) => [
    ...(isToldWhole(difference, told)
      ? []
      : difference.options.map((option) => optionOf(option, difference, settings))),
    ...(isToldBy(difference, told) ? [] : restOf(difference, settings)),
  ]);
  const folds = groupBy(respects, ({ what, a, b, because, change }) =>
    JSON.stringify([what, a, b, because.map(withoutScene), change]),
  );
  return [...folds.values()].map((alike) => {
    const [{ what, a, b, change }] = alike as unknown as readonly [Respect];
    const because = [...new Set(alike.flatMap((respect) => respect.because))];
    return { what, a, b, because, change, differences: alike.map(({ difference }) => difference) };
  });
}

const withoutScene = ({ scene: _, ...setting }: SettingDifference) => setting;

type Told = Readonly<Record<"a" | "b", ReadonlySet<string>>>;

/** No claim is about an option; but what answers an encounter otherwise is another segment, whose options are its own. */
const isToldWhole = (difference: PieceDifference, told: Told): boolean =>
  difference.encounter !== undefined && isToldBy(difference, told);

/** Whether a claim that differs has this segment among its evidence. */
const isToldBy = ({ a, b }: PieceDifference, told: Told): boolean =>
  [a, b].some((piece, index) => piece?.lines.some(({ id }) => told[index === 0 ? "a" : "b"].has(id)));

/** Of an option that only one run has, it counts that it is there, whatever its value. */
function optionOf(
  { name, a, b }: FieldDifference,
  difference: PieceDifference,
  settings: readonly SettingDifference[],
): Respect {
  const both = a !== undefined && b !== undefined;
  const value = (one: string | undefined) => (both || one === undefined ? one : "there");
  const because = causesOf(name, difference, settings);
  const change = because.length > 0 ? "" : changeBehind(name, difference);
  return { what: `option ${name}`, a: value(a), b: value(b), difference, because, change };
}

function restOf(difference: PieceDifference, settings: readonly SettingDifference[]): readonly Respect[] {
  const { a, b, fields } = difference;
  if (a === undefined || b === undefined)
    return [{ what: "segment", a: a && formatPiece(a), b: b && formatPiece(b), difference, because: [], change: "" }];
  if (fields.length === 0) return [];
  const what = fields.map(({ name }) => name).join(", ");
  const because = causesOf(undefined, difference, settings);
  return [{ what, a: withoutOptions(a), b: withoutOptions(b), difference, because, change: "" }];
}

const withoutOptions = (piece: Piece): string => formatPiece({ ...piece, options: {} }).replace(" <>", "");

// What the kernels of two runs sent otherwise, scene by scene and connection by connection.

import { byScene } from "../evidence/timeline.ts";
import { align } from "./alignment.ts";
import type { ComparedRun } from "./compared-run.ts";
import { connectionsIn, formatConnection } from "./connections.ts";
import { formatPiece, type Piece } from "./piece.ts";

/** What one run has in the place of another: each field that differs, or all of it where the other run has nothing there. */
export interface PieceDifference {
  readonly scene: string;
  /** Whose answer it is: "syn-before-old". */
  readonly encounter?: string;
  readonly a?: Piece;
  readonly b?: Piece;
  /** Empty where only one run has it. */
  readonly fields: readonly FieldDifference[];
  readonly options: readonly FieldDifference[];
}

export interface FieldDifference {
  /** "flags", "seq", "window-scale". */
  readonly name: string;
  /** Undefined where the segment has no such field or option. */
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** Of the scenes that both runs have; a scene that was not played has its claims unwitnessed. */
export function comparePieces(a: ComparedRun, b: ComparedRun): readonly PieceDifference[] {
  const [ofA, ofB] = [byScene(a.lines), byScene(b.lines)];
  const common = [...ofA.keys()].filter((scene) => ofB.has(scene));
  return common.flatMap((scene) => {
    const own = connectionsIn(ofA.get(scene) ?? [], a.numbers);
    const other = connectionsIn(ofB.get(scene) ?? [], b.numbers);
    return align(own, other, [formatConnection, ({ name = "" }) => name]).flatMap((pair) => {
      const encounter = pair.a?.name ?? pair.b?.name;
      return align(pair.a?.pieces ?? [], pair.b?.pieces ?? [], PIECE_KEYS)
        .filter((both) => both.a === undefined || both.b === undefined || formatPiece(both.a) !== formatPiece(both.b))
        .map((both) => ({
          scene,
          ...(encounter !== undefined && { encounter }),
          ...both,
          ...changesOf(both.a, both.b),
        }));
    });
  });
}

const PIECE_KEYS: readonly ((piece: Piece) => string)[] = [
  formatPiece,
  ({ end, fields: { flags, seq, length } }) => [end, flags, seq, length].join(),
  ({ end, fields: { seq, length } }) => [end, seq, length].join(),
  ({ end, fields: { flags } }) => [end, flags].join(),
];

function changesOf(a: Piece | undefined, b: Piece | undefined): Pick<PieceDifference, "fields" | "options"> {
  if (a === undefined || b === undefined) return { fields: [], options: [] };
  return { fields: changed(a.fields, b.fields), options: [...changed(a.options, b.options), ...reordered(a, b)] };
}

type Fields = Piece["fields"];

const changed = (a: Fields, b: Fields): readonly FieldDifference[] =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((name) => a[name] !== b[name])
    .map((name) => ({ name, a: a[name], b: b[name] }));

/** The same options in another order. */
function reordered(a: Piece, b: Piece): readonly FieldDifference[] {
  const [own, other] = [a, b].map(({ options }) => Object.keys(options));
  const alike = own?.toSorted().join() === other?.toSorted().join();
  if (!alike || own?.join() === other?.join()) return [];
  return [{ name: "order of options", a: own?.join(", "), b: other?.join(", ") }];
}

// Two lists held against each other: which element of one stands for which of the other, by texts that grow coarser.

export interface Aligned<T> {
  /** Undefined where only the other list has it. */
  readonly a?: T;
  readonly b?: T;
}

/** Spells what two elements must have in common to be held against each other. */
type Key<T> = (element: T) => string;

/**
 * What has the first key in common, in order (longest common subsequence); between two such pairs what has the second in
 * common, and so on. What is left over stands alone.
 */
export function align<T>(
  a: readonly T[],
  b: readonly T[],
  [key, ...coarser]: readonly Key<T>[],
): readonly Aligned<T>[] {
  if (key === undefined || a.length === 0 || b.length === 0)
    return [...a.map((one) => ({ a: one })), ...b.map((one) => ({ b: one }))];
  const aligned: Aligned<T>[] = [];
  let [i, j] = [0, 0];
  const closeGap = (endA: number, endB: number) => aligned.push(...align(a.slice(i, endA), b.slice(j, endB), coarser));
  for (const [ofA, ofB] of inCommon(a.map(key), b.map(key))) {
    closeGap(ofA, ofB);
    aligned.push({ a: a[ofA] as T, b: b[ofB] as T });
    [i, j] = [ofA + 1, ofB + 1];
  }
  closeGap(a.length, b.length);
  return aligned;
}

type Places = readonly (readonly [a: number, b: number])[];

/** Beyond this the table would not fit: of the middle then nothing is held to be in common. */
const LARGEST_TABLE = 4_000_000;

/** Most lists are nearly equal: their beginnings and ends are paired without a table. */
function inCommon(a: readonly string[], b: readonly string[]): Places {
  const places: (readonly [number, number])[] = [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) places.push([start, start++]);
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const middle = inMiddle(a.slice(start, endA), b.slice(start, endB));
  places.push(...middle.map(([i, j]) => [start + i, start + j] as const));
  for (let i = 0; endA + i < a.length; i++) places.push([endA + i, endB + i]);
  return places;
}

function inMiddle(a: readonly string[], b: readonly string[]): Places {
  if (a.length === 0 || b.length === 0 || a.length * b.length > LARGEST_TABLE) return [];
  const lengths = commonLengths(a, b);
  const length = (i: number, j: number) => lengths[i * (b.length + 1) + j] ?? 0;
  const places: (readonly [number, number])[] = [];
  for (let [i, j] = [0, 0]; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) places.push([i++, j++]);
    else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return places;
}

/** At row and column: how much the rests of both lists have in common. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  return table;
}

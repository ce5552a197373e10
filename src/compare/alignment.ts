// Two lists held against each other: which element of one stands for which of the other, by texts that grow coarser.

import { diffArrays } from "diff";

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
  const closeGap = (endA: number, endB: number) => {
    for (const one of align(a.slice(i, endA), b.slice(j, endB), coarser)) aligned.push(one);
  };
  for (const [ofA, ofB] of inCommon(a.map(key), b.map(key))) {
    closeGap(ofA, ofB);
    aligned.push({ a: a[ofA] as T, b: b[ofB] as T });
    [i, j] = [ofA + 1, ofB + 1];
  }
  closeGap(a.length, b.length);
  return aligned;
}

type Places = readonly (readonly [a: number, b: number])[];

/** Insertions and deletions. Lists that differ by more have nothing in common here: it would take too long to find. */
const MOST_EDITS = 2000;

/** The places of what both have, by Myers' algorithm. */
function inCommon(a: readonly string[], b: readonly string[]): Places {
  let [i, j] = [0, 0];
  const places: (readonly [number, number])[] = [];
  for (const { count, added, removed } of diffArrays([...a], [...b], { maxEditLength: MOST_EDITS }) ?? []) {
    if (!added && !removed) for (let one = 0; one < count; one++) places.push([i + one, j + one]);
    if (!added) i += count;
    if (!removed) j += count;
  }
  return places;
}

// The timeline: every action, segment, sighting and note of a run, in order. The format itself, for files, is timeline-schema.ts.

import type { z } from "zod";
import type { actionLine, noteLine, segmentLine, sightingLine } from "./timeline-schema.ts";

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type Action = DeepReadonly<z.infer<typeof actionLine>>;
export type SegmentLine = DeepReadonly<z.infer<typeof segmentLine>>;
export type Sighting = DeepReadonly<z.infer<typeof sightingLine>>;
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type Note = Readonly<Omit<z.infer<typeof noteLine>, "data">> & {
  readonly data?: Readonly<Record<string, Json>>;
};
export type TimelineLine = Action | SegmentLine | Sighting | Note;

/** In their order; what belongs to no scene is left out. */
export function byScene<T extends { readonly scene?: string | undefined }>(
  items: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const grouped = new Map<string, T[]>();
  for (const item of items) {
    if (item.scene === undefined) continue;
    const own = grouped.get(item.scene);
    if (own === undefined) grouped.set(item.scene, [item]);
    else own.push(item);
  }
  return grouped;
}

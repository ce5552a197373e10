// A segment drawn as an arrow between the two ends, in characters: as far as it came.

import type { End } from "../../tcp/end.ts";

/** How far: to its receiver, lost before it, or no further than the wire. */
export type Reach = "arrives" | "lost" | "waits";

const HEADS: Readonly<Record<Reach, Readonly<Record<End, string>>>> = {
  arrives: { client: "▶", server: "◀" },
  lost: { client: "✗", server: "✗" },
  waits: { client: "┤", server: "├" },
};

/** A line of `width` characters with its head at the end that receives; longer where the text is. */
export function drawArrow(text: string, from: End, width: number, reach: Reach = "arrives"): string {
  const head = HEADS[reach][from];
  const spare = width - text.length - 3;
  if (spare < 0) return from === "client" ? `${text} ${head}` : `${head} ${text}`;
  const [before, after] = ["─".repeat(Math.ceil(spare / 2)), "─".repeat(Math.floor(spare / 2))];
  return from === "client" ? `${before} ${text} ${after}${head}` : `${head}${after} ${text} ${before}`;
}

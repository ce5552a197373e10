// The ways of both ends through figure 5 in report.md: of the whole run, and of each scene in one line.

import { ENDS } from "../../tcp/end.ts";
import { ARROWS } from "../../tcp/figure-5.ts";
import type { SceneView } from "../view/run-view.ts";
import { endsByArrow, formatWalked, movesIn, OTHER_MOVES, otherMoves, wayOf } from "../view/walked-arrows.ts";
import { figure5Mermaid } from "./figure-5-mermaid.ts";
import { table } from "./text.ts";

/** "" where nobody was seen to move. */
export function figure5Section(scenes: readonly SceneView[]): string {
  const moves = scenes.flatMap(movesIn);
  if (moves.length === 0) return "";
  const ends = endsByArrow(moves);
  const rows = ARROWS.filter(({ number }) => ends.has(number)).map(({ number, from, to, event, ...arrow }) => [
    `${number}`,
    `${from} → ${to}`,
    event,
    "sends" in arrow ? arrow.sends : "",
    ENDS.filter((end) => ends.get(number)?.has(end)).join(", "),
  ]);
  const others = otherMoves(moves);
  return [
    "## The ways through RFC 9293's figure 5",
    formatWalked(moves),
    figure5Mermaid(moves),
    table(["arrow", "from → to", "upon", "sends", "walked by"], rows),
    ...(others.length === 0 ? [] : [OTHER_MOVES, others.map((text) => `- ${text}`).join("\n")]),
  ].join("\n\n");
}

/** "Client: CLOSED —2→ SYN_SENT —8→ ESTABLISHED."; "" where nobody was seen to move. */
export function waysOf(scene: SceneView): string {
  const moves = movesIn(scene);
  const ways = ENDS.map((end) => wayOf(end, moves, scene.begins)).filter((way) => way !== "");
  return ways.length === 0 ? "" : `Through figure 5 (numbers of its arrows): ${ways.join(" ")}`;
}

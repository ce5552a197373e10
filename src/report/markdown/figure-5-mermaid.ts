// Figure 5 as a Mermaid flowchart, with the arrows that a run walked drawn thick and named by who walked them.

import { ENDS } from "../../tcp/end.ts";
import { ARROWS } from "../../tcp/figure-5.ts";
import { STATES } from "../../tcp/state.ts";
import { endsByArrow, type Move } from "../view/walked-arrows.ts";

/** Blue for the client, orange for the server, violet for both; legible on light and on dark. */
const COLOUR = { client: "#3b82f6", server: "#e07b27", both: "#a05fd6" } as const;

export function figure5Mermaid(moves: readonly Move[]): string {
  const walkers = endsByArrow(moves);
  const links = ARROWS.map(({ number, from, to, event }) => {
    const ends = ENDS.filter((end) => walkers.get(number)?.has(end));
    return {
      line: ends.length === 0 ? "-.->" : "==>",
      from,
      to,
      ends,
      label: [`${number} ${event}`, ...ends].join(" · "),
    };
  });
  const styles = links.flatMap(({ ends: [end, other] }, index) =>
    end === undefined
      ? []
      : [`linkStyle ${index} stroke:${COLOUR[other === undefined ? end : "both"]},stroke-width:3px`],
  );
  const lines = [
    "flowchart TD",
    ...STATES.map((state) => `  ${state}`),
    ...links.map(({ from, to, line, label }) => `  ${from} ${line}|${label}| ${to}`),
    ...styles.map((style) => `  ${style}`),
  ];
  return ["```mermaid", ...lines, "```"].join("\n");
}

// RFC 9293's figure 5 as inline SVG, with the arrows that the two ends walked lit: the client's solid, the server's dashed and wider.

import { ENDS, type End } from "../../tcp/end.ts";
import { ARROWS, type Arrow } from "../../tcp/figure-5.ts";
import type { Move } from "../walked-arrows.ts";
import { ARROW_PLACES, HEIGHT, NODE_WIDTH, NODES, WIDTH } from "./figure-5-layout.ts";

/** `moves` of one scene carry the numbers of its steps, for the replay; of a whole run they would mean nothing. */
export function Figure5Drawing({
  moves,
  label,
  replayed = false,
}: {
  readonly moves: readonly Move[];
  readonly label: string;
  readonly replayed?: boolean;
}) {
  return (
    <svg class="figure-5" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ARROWS.map((arrow) => (
        <ArrowDrawing
          arrow={arrow}
          moves={moves.filter(({ drawn }) => drawn === arrow.number)}
          replayed={replayed}
          key={arrow.number}
        />
      ))}
      {NODES.map(({ state, name = state, x, y, height }) => (
        <g class="state" data-state={name} key={name}>
          <rect x={x - NODE_WIDTH / 2} y={y - height / 2} width={NODE_WIDTH} height={height} rx={6} />
          <text x={x} y={y + 4}>
            {state}
          </text>
        </g>
      ))}
    </svg>
  );
}

function ArrowDrawing({
  arrow,
  moves,
  replayed,
}: {
  readonly arrow: Arrow;
  readonly moves: readonly Move[];
  readonly replayed: boolean;
}) {
  const place = ARROW_PLACES[arrow.number as keyof typeof ARROW_PLACES];
  const walkers = ENDS.filter((end) => moves.some((move) => move.end === end));
  const stepsOf = (end: End) => moves.filter((move) => move.end === end).map(({ step }) => step);
  const steps = Object.fromEntries(replayed ? walkers.map((end) => [`data-${end}`, stepsOf(end).join(" ")]) : []);
  const { disc, label } = place;
  return (
    <g class={["arrow", ...walkers].join(" ")} {...steps}>
      <path class="idle" d={place.path} marker-end="url(#head-idle)" />
      <path class="by-server" d={place.path} marker-end="url(#head-server)" />
      <path class="by-client" d={place.path} marker-end="url(#head-client)" />
      <circle cx={disc.x} cy={disc.y} r={8.5} />
      <text class="number" x={disc.x} y={disc.y + 3.4}>
        {arrow.number}
      </text>
      <text class="event" x={label.x} y={label.y} text-anchor={label.anchor}>
        {arrow.event}
        {arrow.sends !== undefined && (
          <tspan class="sends" x={label.x} dy={label.apart ?? 12}>
            sends {arrow.sends}
          </tspan>
        )}
      </text>
    </g>
  );
}

/** Stands once in the page: arrow heads that every drawing of the figure refers to. */
export const ArrowHeads = () => (
  <svg class="defs" width={0} height={0} aria-hidden="true">
    <defs>
      {["idle", "server", "client"].map((name) => (
        <marker
          id={`head-${name}`}
          class={`head-${name}`}
          viewBox="0 0 10 10"
          refX={9}
          refY={5}
          markerWidth={name === "server" ? 13 : 9}
          markerHeight={name === "server" ? 13 : 9}
          markerUnits="userSpaceOnUse"
          orient="auto"
          key={name}
        >
          <path d="M0 0.8L10 5L0 9.2z" />
        </marker>
      ))}
    </defs>
  </svg>
);

// RFC 9293's figure 5 as inline SVG, with the arrows that the two ends walked lit: the client's solid, the server's dashed and wider.

import { ENDS, type End } from "../../tcp/end.ts";
import { ARROWS, type Arrow } from "../../tcp/figure-5.ts";
import type { Move } from "../view/walked-arrows.ts";
import { ARROW_PLACES, type ArrowPlace, HEIGHT, NODE_WIDTH, NODES, type NodePlace, WIDTH } from "./figure-5-layout.ts";

/** `moves` of one scene carry the numbers of its steps, for the replay; those of a whole run would mean nothing. */
export function Figure5Drawing({ moves, label, replayed = false }: FigureProperties) {
  const walked = ARROWS.filter(({ number }) => moves.some(({ drawn }) => drawn === number));
  const states = new Set(moves.flatMap(({ from, to }) => [from, to]));
  return (
    <svg class="figure-5" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <use href="#figure-5-idle" />
      {walked.map((arrow) => (
        <WalkedArrow
          arrow={arrow}
          moves={moves.filter(({ drawn }) => drawn === arrow.number)}
          replayed={replayed}
          key={arrow.number}
        />
      ))}
      {replayed &&
        NODES.filter(({ state }) => states.has(state)).map((node) => <Node node={node} key={nameOf(node)} />)}
    </svg>
  );
}

interface FigureProperties {
  readonly moves: readonly Move[];
  readonly label: string;
  readonly replayed?: boolean;
}

const nameOf = ({ state, name = state }: NodePlace): string => name;

const Node = ({ node }: { readonly node: NodePlace }) => (
  <g class="state" data-state={nameOf(node)}>
    <rect x={node.x - NODE_WIDTH / 2} y={node.y - node.height / 2} width={NODE_WIDTH} height={node.height} rx={6} />
    <text x={node.x} y={node.y + 4}>
      {node.state}
    </text>
  </g>
);

function WalkedArrow({
  arrow,
  moves,
  replayed,
}: Pick<FigureProperties, "moves" | "replayed"> & { readonly arrow: Arrow }) {
  const { path, disc } = placeOf(arrow);
  const walkers = ENDS.filter((end) => moves.some((move) => move.end === end));
  const stepsOf = (end: End) => moves.filter((move) => move.end === end).map(({ step }) => step);
  const steps = Object.fromEntries(replayed ? walkers.map((end) => [`data-${end}`, stepsOf(end).join(" ")]) : []);
  return (
    <g class={["arrow", ...walkers].join(" ")} {...steps}>
      <path class="by-server" d={path} marker-end="url(#head-server)" />
      <path class="by-client" d={path} marker-end="url(#head-client)" />
      <circle cx={disc.x} cy={disc.y} r={8.5} />
      <text class="number" x={disc.x} y={disc.y + 3.4}>
        {arrow.number}
      </text>
      <Event arrow={arrow} />
    </g>
  );
}

const placeOf = ({ number }: Arrow): ArrowPlace => ARROW_PLACES[number as keyof typeof ARROW_PLACES];

function Event({ arrow }: { readonly arrow: Arrow }) {
  const { label } = placeOf(arrow);
  return (
    <text class="event" x={label.x} y={label.y} text-anchor={label.anchor}>
      {arrow.event}
      {arrow.sends !== undefined && (
        <tspan class="sends" x={label.x} dy={label.apart ?? 12}>
          sends {arrow.sends}
        </tspan>
      )}
    </text>
  );
}

/** Stands once in the page: the figure that nobody walked, and the arrow heads, which every drawing refers to. */
export const Figure5Defs = () => (
  <svg class="defs" width={0} height={0} aria-hidden="true">
    <defs>
      <Head name="idle" size={9} />
      <Head name="client" size={9} />
      <Head name="server" size={13} />
      <g id="figure-5-idle">
        {ARROWS.map((arrow) => (
          <IdleArrow arrow={arrow} key={arrow.number} />
        ))}
        {NODES.map((node) => (
          <Node node={node} key={nameOf(node)} />
        ))}
      </g>
    </defs>
  </svg>
);

function IdleArrow({ arrow }: { readonly arrow: Arrow }) {
  const { path, disc } = placeOf(arrow);
  return (
    <g class="arrow">
      <path d={path} marker-end="url(#head-idle)" />
      <circle cx={disc.x} cy={disc.y} r={8.5} />
      <text class="number" x={disc.x} y={disc.y + 3.4}>
        {arrow.number}
      </text>
      <Event arrow={arrow} />
    </g>
  );
}

const Head = ({ name, size }: { readonly name: "idle" | End; readonly size: number }) => (
  <marker
    id={`head-${name}`}
    class={`head-${name}`}
    viewBox="0 0 10 10"
    refX={9}
    refY={5}
    markerWidth={size}
    markerHeight={size}
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path d="M0 0.8L10 5L0 9.2z" />
  </marker>
);

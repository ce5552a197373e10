// A scene's ladder as inline SVG: two lifelines, the segments between them as they were sent, held and decided on, and the states.

import { millisecondsBetween } from "../../evidence/instants.ts";
import { ENDS, type End, otherEnd } from "../../tcp/end.ts";
import { formatSegment } from "../view/format.ts";
import { printable } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";
import {
  type Arrival,
  type Badge,
  type Band,
  type DrawnSegment,
  type LadderLayout,
  LIFELINE,
  MIDDLE,
  SLOPE,
  WIDTH,
} from "./ladder-layout.ts";

const HEAD_HEIGHT = 26;
const FOOT_HEIGHT = 8;

export function LadderDrawing({ scene, layout }: { readonly scene: SceneView; readonly layout: LadderLayout }) {
  const height = HEAD_HEIGHT + layout.height + FOOT_HEIGHT;
  return (
    <svg
      class="ladder"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={`Ladder of scene ${scene.id}: every step is told in words beside it.`}
    >
      {ENDS.map((end) => (
        <g class={`lifeline ${end}`} key={end}>
          <line x1={LIFELINE[end]} x2={LIFELINE[end]} y1={HEAD_HEIGHT - 6} y2={height} />
          <text class="end-name" x={LIFELINE[end]} y={14}>
            {end}
          </text>
        </g>
      ))}
      <g transform={`translate(0 ${HEAD_HEIGHT})`}>
        {layout.bands.map((band) => (
          <BandDrawing band={band} start={layout.bands[0]?.moment.action.at ?? ""} key={band.moment.number} />
        ))}
      </g>
    </svg>
  );
}

const CAPTION_LIMIT = 34;

function BandDrawing({ band, start }: { readonly band: Band; readonly start: string }) {
  const { number, action } = band.moment;
  const step = printable(action.step);
  const short = step.length > CAPTION_LIMIT ? `${step.slice(0, CAPTION_LIMIT - 1)}…` : step;
  return (
    <g class="band" data-step={number}>
      <rect class="ground" x={0} y={band.y} width={WIDTH} height={band.height} rx={4} />
      <line class="rule" x1={0} x2={WIDTH} y1={band.y} y2={band.y} />
      <text class="caption" x={MIDDLE} y={band.y + 13}>
        <title>{printable(action.sentence)}</title>
        <tspan class="number">{number}</tspan> {short}
        <tspan class="clock"> {formatElapsed(start, action.at)}</tspan>
      </text>
      {band.waits.map(({ x, from, to }) => (
        <line class="wait" x1={x} x2={x} y1={from} y2={to} key={`${x} ${from}`} />
      ))}
      {band.arrivals.map((arrival) => (
        <ArrivalDrawing arrival={arrival} key={arrival.line.id} />
      ))}
      {band.segments.map((segment) => (
        <SegmentDrawing segment={segment} key={segment.line.id} />
      ))}
      {band.badges.map((badge) => (
        <BadgeDrawing badge={badge} key={badge.end} />
      ))}
      {band.more !== undefined && (
        <text class="more" x={MIDDLE} y={band.more.y + 3}>
          … and {band.more.count} more segments
        </text>
      )}
    </g>
  );
}

/** "0", "12 ms", "1.3 s": since the scene's first step. */
function formatElapsed(from: string, to: string): string {
  const milliseconds = millisecondsBetween(from, to);
  if (milliseconds === 0) return "0 ms";
  return milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function SegmentDrawing({ segment }: { readonly segment: DrawnSegment }) {
  const { line, flags, numbers, remark, y, x, until, twice } = segment;
  const sender = LIFELINE[line.end];
  const from = line.origin === "kernel" ? sender : sender + (x - sender) * 0.2;
  const kind = `segment ${line.end} ${line.origin} ${until}${line.repeats === undefined ? "" : " repeat"}`;
  return (
    <g class={kind}>
      <title>{`frame ${line.frame}: the ${line.end}'s ${formatSegment(line)}`}</title>
      {line.origin !== "kernel" && <path class="hand" d={diamond(from, y)} />}
      <line class="flight" x1={from} y1={y} x2={x} y2={y + SLOPE} />
      {until === "arrived" && <path class="head" d={head(line.end, x, y + SLOPE)} />}
      {until === "arrived" && twice && <path class="head" d={head(line.end, x, y + SLOPE + 8)} />}
      {until === "held" && <circle class="gate" cx={x} cy={y + SLOPE} r={3.2} />}
      {until === "lost" && <path class="cross" d={cross(x, y + SLOPE)} />}
      <text class="flags" x={MIDDLE} y={y - 3}>
        {flags}
        <tspan class="frame"> #{line.frame}</tspan>
        {remark !== "" && <tspan class="remark"> {remark}</tspan>}
      </text>
      <text class="numbers" x={MIDDLE} y={y + 16}>
        {numbers}
      </text>
    </g>
  );
}

function ArrivalDrawing({ arrival: { line, x, y, fate } }: { readonly arrival: Arrival }) {
  const receiver = LIFELINE[otherEnd(line.end)];
  if (fate === "dropped") return <path class={`cross ${line.end}`} d={cross(x, y)} />;
  if (fate === "replaced") return <path class={`hand ${line.end}`} d={diamond(x, y)} />;
  return (
    <g class={`arrival ${line.end}`}>
      <line class="flight" x1={x} y1={y} x2={receiver} y2={y} />
      <path class="head" d={head(line.end, receiver, y)} />
      {fate === "duplicated" && <path class="head" d={head(line.end, receiver, y + 8)} />}
    </g>
  );
}

/** Beside the lifeline, away from the wire; one that leaves several states open may reach over it. */
function BadgeDrawing({ badge: { end, text, y } }: { readonly badge: Badge }) {
  const width = 8 + text.length * BADGE_FONT;
  const beside = LIFELINE[end] + (end === "client" ? -1 : 1) * (BADGE_GAP + width / 2);
  const x = Math.min(Math.max(beside, width / 2 + 1), WIDTH - width / 2 - 1);
  return (
    <g class={`badge ${end}`}>
      <rect x={x - width / 2} y={y - 9} width={width} height={18} rx={9} />
      <text x={x} y={y + 3.4}>
        {text}
      </text>
    </g>
  );
}

/** Width of a character, in units; the widest monospaced fonts have 0.61 of their size. */
const BADGE_FONT = 6.1;
const BADGE_GAP = 5;

/** An arrow head whose point is at the receiver's lifeline. */
function head(sender: End, x: number, y: number): string {
  const back = sender === "client" ? -7 : 7;
  return `M${x} ${y}l${back} -3.6v7.2z`;
}

const cross = (x: number, y: number): string => `M${x - 4.5} ${y - 4.5}l9 9m0 -9l-9 9`;

const diamond = (x: number, y: number): string => `M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`;

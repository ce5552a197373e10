// Where everything in a scene's ladder stands: time flows down, the client's lifeline is on the left, the server's on the right.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { ENDS, type End, otherEnd } from "../../tcp/end.ts";
import { formatFlags } from "../../tcp/flags.ts";
import { changedStates } from "../view/format.ts";
import type { Moment, SceneView } from "../view/run-view.ts";
import { fatesOf, type SegmentFate } from "../view/segment-fate.ts";

/** Units of the drawing; one is about a pixel on a phone. Beside each lifeline there is room for the name of a state. */
export const WIDTH = 424;
export const LIFELINE: Readonly<Record<End, number>> = { client: 82, server: WIDTH - 82 };
export const MIDDLE = WIDTH / 2;

const CAPTION_HEIGHT = 20;
const ARRIVAL_HEIGHT = 13;
const SEGMENT_HEIGHT = 38;
const MORE_HEIGHT = 18;
const PADDING = 10;
/** How far before its receiver a segment is held, and how far apart those are that wait beside each other. */
const GATE = 15;
const LANE = 10;
const LANES = 5;

/** Steps, and segments of one step: what a drawing can hold and a reader follow. */
export const STEP_LIMIT = 80;
const SEGMENT_LIMIT = 12;

/** How a segment's line begins and ends. */
export interface DrawnSegment {
  readonly line: SegmentLine;
  readonly flags: string;
  readonly numbers: string;
  readonly remark: string;
  readonly y: number;
  /** Where the line stops: the receiver's lifeline, or the gate before it. */
  readonly until: "arrived" | "held" | "lost";
  /** Twice handed on. */
  readonly twice: boolean;
  readonly x: number;
}

/** A segment that waited and now meets its fate. */
export interface Arrival {
  readonly line: SegmentLine;
  readonly y: number;
  readonly x: number;
  readonly fate: SegmentFate["kind"];
}

export interface Badge {
  readonly end: End;
  readonly text: string;
  readonly y: number;
}

/** A piece of the time that a segment waits, within one band. */
export interface Wait {
  readonly x: number;
  readonly from: number;
  readonly to: number;
}

/** One step of the scene, from the caption of what was done to what followed. */
export interface Band {
  readonly moment: Moment;
  readonly y: number;
  readonly height: number;
  readonly arrivals: readonly Arrival[];
  readonly segments: readonly DrawnSegment[];
  readonly badges: readonly Badge[];
  readonly waits: readonly Wait[];
  /** How many segments of the step are not drawn, and where that is said. */
  readonly more?: { readonly count: number; readonly y: number };
}

export interface LadderLayout {
  readonly bands: readonly Band[];
  readonly height: number;
}

interface Waiting {
  readonly lane: number;
  readonly since: number;
}

export function layOutLadder(scene: SceneView): LadderLayout {
  const fateOf = fatesOf(scene);
  const waiting = new Map<SegmentLine, Waiting>();
  let y = 0;
  const bands = scene.moments.slice(0, STEP_LIMIT).map((moment) => {
    const band = layOutBand(moment, scene, { top: y, waiting, fateOf });
    y += band.height;
    return band;
  });
  return { bands, height: y };
}

interface LayoutState {
  readonly top: number;
  readonly waiting: Map<SegmentLine, Waiting>;
  readonly fateOf: (line: SegmentLine) => SegmentFate;
}

function layOutBand(moment: Moment, scene: SceneView, layout: LayoutState): Band {
  const { top, waiting, fateOf } = layout;
  let y = top + CAPTION_HEIGHT;
  const waits: Wait[] = [];
  const arrivals = [...waiting]
    .filter(([line]) => meetsFate(line, moment, fateOf))
    .map(([line, { lane, since }], row) => {
      waiting.delete(line);
      const arrival = {
        line,
        x: gateX(line, lane),
        y: top + CAPTION_HEIGHT / 2 + 1 + row * ARRIVAL_HEIGHT,
        fate: fateOf(line).kind,
      };
      waits.push({ x: arrival.x, from: Math.max(since, top), to: arrival.y });
      return arrival;
    });
  y += Math.max(0, arrivals.length - 1) * ARRIVAL_HEIGHT;

  const shown = moment.sent.slice(0, SEGMENT_LIMIT);
  const draw = (line: SegmentLine): DrawnSegment => {
    const drawn = drawSegment(line, scene, { y: y + SEGMENT_HEIGHT / 2 - 2, ...layout });
    y += SEGMENT_HEIGHT;
    return drawn;
  };
  // A step that sends and decides at once, like flow, leads to its states at its end; any other before it is answered.
  const settled = shown.findLastIndex((line) => settlesIn(line, moment, fateOf(line))) + 1;
  const early = shown.slice(0, settled).map(draw);
  const reached = early.at(-1);
  const badges = ENDS.flatMap((end): Badge[] => {
    const text = changedStates(moment, scene, end);
    const beside = reached === undefined ? (arrivals.at(-1)?.y ?? top + CAPTION_HEIGHT / 2 + 1) : reached.y + SLOPE;
    return text === undefined ? [] : [{ end, text, y: beside }];
  });
  const segments = [...early, ...shown.slice(settled).map(draw)];
  const hidden = moment.sent.length - shown.length;
  const more = hidden > 0 ? { count: hidden, y: y + MORE_HEIGHT / 2 } : undefined;
  if (more !== undefined) y += MORE_HEIGHT;
  y += PADDING;
  for (const [line, { lane, since }] of waiting)
    waits.push({ x: gateX(line, lane), from: Math.max(since, top), to: y });
  return { moment, y: top, height: y - top, arrivals, segments, badges, waits, ...(more !== undefined && { more }) };
}

const meetsFate = (
  line: SegmentLine,
  { action, sent }: Moment,
  fateOf: (line: SegmentLine) => SegmentFate,
): boolean => {
  const fate = fateOf(line);
  if (fate.kind === "replaced") return sent.some(({ frame }) => frame === fate.frame);
  return action.segments?.includes(line.id) === true;
};

/** Whether a segment arrives, or is lost, in the same step in which it was sent. */
const settlesIn = (line: SegmentLine, { action }: Moment, { kind }: SegmentFate): boolean =>
  kind === "at once" || kind === "free" || action.segments?.includes(line.id) === true;

const gateX = (line: SegmentLine, lane: number): number => {
  const offset = GATE + Math.min(lane, LANES - 1) * LANE;
  return line.end === "client" ? LIFELINE.server - offset : LIFELINE.client + offset;
};

function drawSegment(line: SegmentLine, scene: SceneView, layout: LayoutState & { readonly y: number }): DrawnSegment {
  const { y, waiting, fateOf } = layout;
  const fate = fateOf(line);
  const told = scene.numbers === "raw" ? line : (scene.evidence.relative.get(line.id) ?? line);
  const ack = line.flags.includes("ACK") ? ` ack=${told.ack}` : "";
  const common = {
    line,
    flags: formatFlags(line.flags),
    numbers: `seq=${told.seq}${ack}${line.length > 0 ? ` length=${line.length}` : ""}`,
    remark: remarkOn(line, fate, scene),
    y,
    twice: fate.kind === "duplicated",
  };
  if (fate.kind === "dropped" && !waits(fate, line, scene)) return { ...common, until: "lost", x: gateX(line, 0) };
  if (!waits(fate, line, scene)) {
    const until = fate.kind === "undecided" ? "held" : "arrived";
    return { ...common, until, x: until === "held" ? gateX(line, 0) : LIFELINE[otherEnd(line.end)] };
  }
  const taken = new Set([...waiting].filter(([other]) => other.end === line.end).map(([, { lane }]) => lane));
  const lane = [...taken, 0].findIndex((_, index) => !taken.has(index));
  waiting.set(line, { lane, since: y + SLOPE });
  return { ...common, until: "held", x: gateX(line, lane) };
}

/** How much lower a segment's line ends than it begins: time flows down. */
export const SLOPE = 6;

/** Whether a segment is drawn as waiting at the gate until a later step, or until the end. */
function waits({ kind }: SegmentFate, line: SegmentLine, { moments }: SceneView): boolean {
  if (kind === "left" || kind === "replaced") return true;
  if (kind !== "delivered" && kind !== "dropped" && kind !== "duplicated") return false;
  return moments.some(({ action, sent }) => action.segments?.includes(line.id) && !sent.includes(line));
}

function remarkOn({ origin, repeats }: SegmentLine, fate: SegmentFate, { evidence }: SceneView): string {
  const original = evidence.segments.find(({ id }) => id === repeats);
  const words = [
    ...(origin === "kernel" ? [] : [origin]),
    ...(original === undefined ? [] : [`repeats ${original.frame}`]),
    ...(fate.kind === "left" ? ["left on the wire"] : []),
    ...(fate.kind === "at once" ? ["arrives at once"] : []),
    ...(fate.kind === "duplicated" ? ["twice"] : []),
    ...(fate.kind === "dropped" ? ["lost"] : []),
    ...(fate.kind === "replaced" ? [`replaced by ${fate.frame}`] : []),
  ];
  return words.join(", ");
}

// The machine that the cells show: which segment takes which state where, and with what answer. Beside it figure 5 of RFC 9293.

import { PLACES, SEGMENT_NAMES, SEGMENTS } from "../../rfc-model/cells/segment-cells.ts";
import { ARROWS, NOTE_2, NOTE_3, SYNCHRONISED } from "../../tcp/figure-5.ts";
import { STATES, type TcpState } from "../../tcp/state.ts";
import type { CellView } from "./cell-view.ts";

/** One segment class, its answer, and where it led. */
export interface ObservedEdge {
  readonly from: TcpState;
  readonly to: TcpState;
  /** "FIN ACK" */
  readonly segment: string;
  /** "ACK", "RST ACK", "nothing": flags alone. */
  readonly answer: string;
  /** "next", "middle last": places, where there are any. */
  readonly places: string;
  readonly cells: number;
}

/** Without timestamps: those change which segment is taken, not where it leads. Played both over IPv4 and IPv6. */
export function observedEdges(cells: readonly CellView[]): readonly ObservedEdge[] {
  const groups = new Map<string, CellView[]>();
  for (const view of cells) {
    const seen = seenOf(view);
    if (seen === undefined || view.table.timestamps) continue;
    const key = [view.state, seen.to, view.cell.segment, seen.answer].join("|");
    const group = groups.get(key) ?? [];
    group.push(view);
    groups.set(key, group);
  }
  return [...groups.values()].map(edgeOf).sort(byStateThenSegment);
}

function edgeOf(group: readonly CellView[]): ObservedEdge {
  const [first] = group;
  const seen = first && seenOf(first);
  if (first === undefined || seen === undefined) throw new Error("observed machine: an edge without a cell");
  const places = PLACES.filter((place) => group.some(({ cell }) => cell.place === place));
  return {
    from: first.state,
    ...seen,
    segment: formatted(first),
    places: places.length === PLACES.length ? "anywhere" : places.join(" "),
    cells: group.length,
  };
}

const formatted = ({ cell: { segment } }: CellView): string =>
  `${SEGMENTS[segment].flags}${SEGMENTS[segment].payload === "" ? "" : " with data"}`;

/** From "ACK seq=SND.NXT ack=RCV.NXT; ESTABLISHED". */
function seenOf({ documented }: CellView): { readonly answer: string; readonly to: TcpState } | undefined {
  const [replies = "", after = ""] = String(documented.seen?.value ?? "").split("; ");
  const to = STATES.find((state) => state === after);
  if (to === undefined) return undefined;
  return { to, answer: replies.replace(/ (seq|ack)=[^ ,]+/g, "") };
}

const ORDER = SEGMENT_NAMES.map((name) => SEGMENTS[name].flags as string);

const byStateThenSegment = (one: ObservedEdge, other: ObservedEdge): number =>
  STATES.indexOf(one.from) - STATES.indexOf(other.from) ||
  STATES.indexOf(one.to) - STATES.indexOf(other.to) ||
  ORDER.findIndex((flags) => one.segment.startsWith(flags)) -
    ORDER.findIndex((flags) => other.segment.startsWith(flags));

const formatEdge = ({ segment, answer }: ObservedEdge): string =>
  answer === "nothing" ? segment : `${segment} / ${answer}`;

/** Edges between the same two states as one, in the order of the states. */
function bundles(edges: readonly ObservedEdge[]): readonly (readonly ObservedEdge[])[] {
  const byEnds = new Map<string, ObservedEdge[]>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to}`;
    byEnds.set(key, [...(byEnds.get(key) ?? []), edge]);
  }
  return [...byEnds.values()];
}

/** Every edge; those that change nothing stand in their state's box. Graphviz draws it with `dot -Tsvg`. */
export function machineDot(edges: readonly ObservedEdge[]): string {
  const lines = bundles(edges).map((bundle) => {
    const [{ from, to }] = bundle as readonly [ObservedEdge];
    const label = bundle.map((edge) => `${formatPlaced(edge)}\\l`).join("");
    return from === to ? `  ${from} [label="${from}\\n\\n${label}"];` : `  ${from} -> ${to} [label="${label}"];`;
  });
  const look = '  node [shape=box, style=rounded, fontname="sans-serif"];\n  edge [fontname="sans-serif"];';
  return ["digraph observed {", "  rankdir=TB;", look, ...lines, "}", ""].join("\n");
}

/** "FIN ACK / ACK (next)" */
export const formatPlaced = (edge: ObservedEdge): string =>
  `${formatEdge(edge)}${edge.places === "" ? "" : ` (${edge.places})`}`;

/** The edges that lead to another state, as a Mermaid state diagram. */
export function machineMermaid(edges: readonly ObservedEdge[]): string {
  const moving = bundles(edges.filter(({ from, to }) => from !== to));
  const lines = moving.map((bundle) => {
    const [{ from, to }] = bundle as readonly [ObservedEdge];
    const labels = [...new Set(bundle.map(formatEdge))];
    return `  ${from} --> ${to} : ${labels.join("<br/>")}`;
  });
  return ["stateDiagram-v2", "  direction TB", ...lines, ""].join("\n");
}

/** Figure 5 in the same notation: only what a segment brings about, since no cell calls CLOSE or waits for 2MSL. */
export function figure5Mermaid(): string {
  const arriving = [...ARROWS, NOTE_2].filter(({ event }) => /arrives?$|in one segment$/.test(event));
  const lines = arriving.map((arrow) => {
    const sends = "sends" in arrow ? ` / ${arrow.sends}` : "";
    return `  ${arrow.from} --> ${arrow.to} : ${arrow.event}${sends}`;
  });
  const resets = SYNCHRONISED.map((state) => `  ${state} --> ${NOTE_3.receiving.to} : ${NOTE_3.receiving.event}`);
  return ["stateDiagram-v2", "  direction TB", ...lines, ...resets, ""].join("\n");
}

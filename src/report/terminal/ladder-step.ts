// One step of a ladder that grows while a person watches: both ends' states, what was done between them, how far each segment came.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { ENDS, type End } from "../../tcp/end.ts";
import { formatSegment, formatStates } from "../view/format.ts";
import { printable } from "../view/printable.ts";
import type { Moment } from "../view/run-view.ts";
import { drawArrow, type Reach } from "./arrow.ts";
import { wrap } from "./columns.ts";
import { painted, type TerminalStyle } from "./style.ts";

/** "ESTABLISHED" is the longest of the eleven. */
const STATE_WIDTH = 11;
const GAP = "  ";
const REACH: Readonly<Record<string, Reach>> = { delivered: "arrives", duplicated: "arrives", dropped: "lost" };

/** What the wire decided on in a step, before what was sent upon it. */
export interface LadderStep extends Moment {
  readonly decided: readonly SegmentLine[];
  /** Whether what is sent waits on the wire. */
  readonly holds: boolean;
  /** The last that a witness printed of an end, as it printed it. */
  readonly raw: Readonly<Partial<Record<End, { readonly witness: string; readonly line: string }>>>;
}

export function drawLadderStep(
  { action, decided, holds, sent, states, raw }: LadderStep,
  style: TerminalStyle,
): string {
  const width = style.columns - 2 * (STATE_WIDTH + GAP.length);
  const reach = REACH[action.fate ?? ""] ?? "arrives";
  const between = [
    ...wrap(printable(action.sentence), width).split("\n"),
    ...decided.map((line) => drawArrow(formatSegment(line), line.end, width, reach)),
    ...sent
      .filter(({ origin }) => origin === "kernel")
      .map((line) => drawArrow(format(line), line.end, width, holds ? "waits" : "arrives")),
  ];
  const ladder = between.map((text, row) => {
    const state = (end: End) => (row === 0 ? shortState(states[end]) : "").padEnd(STATE_WIDTH);
    const [client, server] = ENDS.map((end) => painted(state(end), "bold", style));
    return `${client}${GAP}${text.padEnd(width)}${GAP}${server}`.trimEnd();
  });
  return [...ladder, ...ENDS.flatMap((end) => renderRaw(end, raw[end], style))].join("\n");
}

/** The narrow column has room for one state; the raw lines below tell the rest. */
const shortState = (states: Moment["states"][End]): string =>
  states !== undefined && states.length < 2 ? formatStates(states).replace("the witnesses disagree", "disagree") : "?";

const format = (line: SegmentLine): string => `${formatSegment(line)}${line.repeats === undefined ? "" : ", again"}`;

function renderRaw(end: End, seen: LadderStep["raw"][End], style: TerminalStyle): readonly string[] {
  if (seen === undefined) return [];
  const line = seen.line === "" ? "not listed" : printable(seen.line);
  return [painted(wrap(`${seen.witness}, ${end}: ${line}`, style.columns, "  ", "      "), "dim", style)];
}

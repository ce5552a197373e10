// The matrix on a terminal: two heat maps that fit 80 columns, and one line for each known deviation.

import { isNoteThat } from "../../evidence/notes.ts";
import { SEGMENT_NAMES, SEGMENTS } from "../../rfc-model/cells/segment-cells.ts";
import { wrap } from "../terminal/columns.ts";
import { type Paint, painted, type TerminalStyle } from "../terminal/style.ts";
import { printable } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";
import { type CellView, cellViewsOf } from "./cell-view.ts";
import { deviationsFound, formsFound } from "./deviation-list.ts";
import {
  type CellGroup,
  type CellGroupTone,
  captionOf,
  type HeatMap,
  type HeatRow,
  heatMapsOf,
  LEGEND,
  SYMBOL,
  toneOf,
} from "./heat-map.ts";
import { formatMatrixSummary, renderMixedChanges } from "./matrix-summary.ts";

/** Signs in a square, one for each place. */
const SQUARE = 5;
const LABEL = 19;

const PAINT: Readonly<Record<CellGroupTone, Paint>> = {
  conforms: "green",
  "some-deviation": "yellow",
  deviation: "yellow",
  surprise: "red",
  open: "dim",
};

/** "" where the lab has no encounters. */
export function renderMatrix(scenes: readonly SceneView[], style: TerminalStyle): string {
  const cells = cellViewsOf(scenes);
  if (cells.length === 0) return "";
  const faults = scenes
    .filter(({ mode }) => mode === "encounters")
    .flatMap(({ id, evidence }) =>
      evidence.notes.filter((note) => isNoteThat(note, "shownOfCells")).map((note) => [id, note] as const),
    )
    .map(([id, { text }]) => wrap(`${id}: ${printable(text)}`, style.columns));
  return [
    ...heatMapsOf(cells).map((map) => drawMap(map, style)),
    wrap(`${LEGEND} ${SHORT_WAYS}`, style.columns),
    ...faults,
    renderDeviations(cells, style),
    renderForms(cells, style),
    renderAstray(cells, style),
    painted(wrap(formatMatrixSummary(cells), style.columns), "bold", style),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function drawMap(map: HeatMap, style: TerminalStyle): string {
  const words = SEGMENT_NAMES.map((name) => [
    ...SEGMENTS[name].flags.split(" "),
    ...(SEGMENTS[name].payload ? ["data"] : []),
  ]);
  const heads = [0, 1, 2].map((line) =>
    row(
      "",
      words.map((one) => one[line] ?? ""),
    ),
  );
  return [
    painted(captionOf(map), "bold", style),
    ...heads.filter((line) => line.trim() !== ""),
    ...map.rows.map((one) => drawRow(one, style)),
  ].join("\n");
}

/** What a label of so few columns has no room for. */
const SHORT_WAYS = "TIME_WAIT by CLG was reached from CLOSING, by FW1 from FIN_WAIT_1 at once.";

const row = (label: string, squares: readonly string[]): string =>
  `${label.padEnd(LABEL)} ${squares.map((square) => square.padEnd(SQUARE)).join(" ")}`.trimEnd();

function drawRow({ label, squares }: HeatRow, style: TerminalStyle): string {
  const drawn = SEGMENT_NAMES.map((name) => {
    const groups = squares[name];
    return groups.map((group) => drawCellGroup(group, style)).join("") + " ".repeat(SQUARE - groups.length);
  });
  return `${label.replace("from FIN_WAIT_1", "by FW1").replace("from CLOSING", "by CLG").padEnd(LABEL)} ${drawn.join(" ")}`.trimEnd();
}

function drawCellGroup(group: CellGroup, style: TerminalStyle): string {
  const tone = toneOf(group);
  return tone === undefined ? " " : painted(SYMBOL[tone], PAINT[tone], style);
}

function renderDeviations(cells: readonly CellView[], style: TerminalStyle): string {
  const found = deviationsFound(cells);
  if (found.length === 0) return "";
  const lines = found.map(({ id, cells: own, where }) => `${String(own.length).padStart(6)} ${id}: ${where}`);
  return [
    painted("Known deviations of Linux (why: report.md)", "bold", style),
    ...lines.map((line) => wrap(line, style.columns, "", "         ")),
  ].join("\n");
}

function renderForms(cells: readonly CellView[], style: TerminalStyle): string {
  const found = formsFound(cells);
  if (found.length === 0) return "";
  const lines = found.map(({ told, cells: own }) => `${String(own).padStart(6)} ${told}`);
  return [
    painted("Where kernels differ: this kernel's answers", "bold", style),
    ...lines.map((line) => wrap(line, style.columns, "", "         ")),
    ...renderMixedChanges(cells).map((sentence) => wrap(sentence, style.columns)),
  ].join("\n");
}

/** What one still reads on a terminal. */
const LIMIT = 10;

function renderAstray(cells: readonly CellView[], style: TerminalStyle): string {
  const astray = cells.filter(({ verdictClass }) => verdictClass === "surprise" || verdictClass === "open");
  if (astray.length === 0) return "";
  const told = astray
    .slice(0, LIMIT)
    .flatMap(({ documented, onLinux, verdictClass }) => [
      painted(documented.id, verdictClass === "surprise" ? "red" : "dim", style),
      wrap(`documented: ${documented.documented.value}`, style.columns, "  ", "    "),
      ...(onLinux === undefined
        ? []
        : [wrap(`known of Linux: ${onLinux.documented.value}`, style.columns, "  ", "    ")]),
      wrap(
        `seen: ${documented.seen?.value ?? documented.because.map(printable).join("; ")}`,
        style.columns,
        "  ",
        "    ",
      ),
    ]);
  const more = astray.length > LIMIT ? [`${astray.length - LIMIT} more are in cells.csv.`] : [];
  return [painted("Cells that surprised, or that nobody saw", "bold", style), ...told, ...more].join("\n");
}

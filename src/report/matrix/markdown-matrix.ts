// The matrix in report.md: heat maps, the deviations with their reasons, and the observed machine beside figure 5.

import { isNoteOf } from "../../evidence/notes.ts";
import { SEGMENT_NAMES, SEGMENTS, type SegmentName } from "../../rfc-model/cells/segment-cells.ts";
import { code, escaped, table } from "../markdown/text.ts";
import type { SceneView } from "../view/run-view.ts";
import { type CellView, cellViewsOf } from "./cell-view.ts";
import { deviationsFound, formsFound } from "./deviation-list.ts";
import { captionOf, type HeatMap, heatMapsOf, LEGEND, SYMBOL, toneOf } from "./heat-map.ts";
import { formatMatrixSummary, renderMixedChanges } from "./matrix-summary.ts";
import { figure5Mermaid, machineMermaid, observedEdges } from "./observed-machine.ts";

/** Nothing where the lab has no encounters. */
export function matrixSections(scenes: readonly SceneView[]): readonly string[] {
  const cells = cellViewsOf(scenes);
  if (cells.length === 0) return [];
  return [
    "## Every state meets every segment",
    formatMatrixSummary(cells),
    "![Heat map: states down, segments across](heat-map.svg)",
    ...heatMapsOf(cells).flatMap(mapSection),
    LEGEND,
    "matrix.html opens each square: the segment sent, the answer, the states before and after, the RFC's section, the raw lines. cells.csv has one line for each cell.",
    ...faultSection(scenes),
    ...astraySection(cells),
    ...deviationSection(cells),
    ...formSection(cells),
    ...machineSection(cells),
  ];
}

const headOf = (name: SegmentName): string =>
  `${SEGMENTS[name].flags}${SEGMENTS[name].payload === "" ? "" : " with an octet"}`;

function mapSection(map: HeatMap): readonly string[] {
  return [
    `### ${captionOf(map)}`,
    table(
      ["", ...SEGMENT_NAMES.map(headOf)],
      map.rows.map(({ label, squares }) => [
        escaped(label),
        ...SEGMENT_NAMES.map((name) => code(squares[name].map((group) => signOf(toneOf(group))).join(""))),
      ]),
    ),
  ];
}

const signOf = (tone: ReturnType<typeof toneOf>): string => (tone === undefined ? " " : SYMBOL[tone]);

/** Encounters that failed, limits that stayed closed, witnesses that fell out. */
function faultSection(scenes: readonly SceneView[]): readonly string[] {
  const told = scenes
    .filter(({ mode }) => mode === "encounters")
    .flatMap(({ id, evidence }) =>
      evidence.notes
        .filter((note) => !isNoteOf(note, "scene") && !isNoteOf(note, "tape"))
        .map(({ text }) => `- ${escaped(`${id}: ${text}`)}`),
    );
  return told.length === 0 ? [] : ["### Faults and limits", told.join("\n")];
}

/** Rows: more than a reader would go through. */
const LIMIT = 200;

function astraySection(cells: readonly CellView[]): readonly string[] {
  const astray = cells.filter(({ verdictClass }) => verdictClass === "surprise" || verdictClass === "open");
  if (astray.length === 0) return [];
  const rows = astray
    .slice(0, LIMIT)
    .map(({ documented, onLinux, verdictClass }) => [
      code(documented.id),
      escaped(String(documented.documented.value)),
      onLinux === undefined ? "" : escaped(String(onLinux.documented.value)),
      escaped(String(documented.seen?.value ?? documented.because.join("; "))),
      verdictClass,
    ]);
  const more = astray.length > LIMIT ? [`${astray.length - LIMIT} more are in cells.csv.`] : [];
  return [
    "### Cells that surprised, or that nobody saw",
    table(["cell", "documented", "known of Linux", "seen", ""], rows),
    ...more,
  ];
}

function deviationSection(cells: readonly CellView[]): readonly string[] {
  const found = deviationsFound(cells);
  if (found.length === 0) return [];
  const rows = found.map((one) => [
    code(one.id),
    String(one.cells.length),
    escaped(one.reason),
    one.cites.map(escaped).join("<br>"),
    escaped(one.where),
  ]);
  return [
    "### Known deviations of Linux",
    "Each is a claim of its own beside the RFC's: what Linux does instead is judged exactly, and anything else would be a surprise.",
    table(["deviation", "cells", "what, and why", "departs from", "Linux"], rows),
  ];
}

/** Once for all cells: which of the known forms this kernel has. */
function formSection(cells: readonly CellView[]): readonly string[] {
  const found = formsFound(cells);
  if (found.length === 0) return [];
  return [
    "### Where kernels differ",
    "Linux has changed these answers. What stands here is what this kernel does; another kernel may do otherwise.",
    table(
      ["what this kernel does", "cells"],
      found.map(({ told, cells: count }) => [escaped(told), String(count)]),
    ),
    ...renderMixedChanges(cells).map(escaped),
  ];
}

function machineSection(cells: readonly CellView[]): readonly string[] {
  const edges = observedEdges(cells);
  return [
    "### The observed machine",
    "Every move to another state that a segment brought about in a cell; machine.dot has those that change nothing as well.",
    `\`\`\`mermaid\n${machineMermaid(edges)}\`\`\``,
    "Beside it figure 5 of RFC 9293 with its notes 2 and 3, as far as segments bring its arrows about:",
    `\`\`\`mermaid\n${figure5Mermaid()}\`\`\``,
  ];
}

// The files that a run of the matrix leaves beside its report: the heat map, every cell, the observed machine.

import type { RunView, SceneView } from "../view/run-view.ts";
import { cellViewsOf } from "./cell-view.ts";
import { cellsCsv } from "./cells-csv.ts";
import { heatMapPicture } from "./heat-map-picture.tsx";
import { matrixPage } from "./matrix-page.tsx";
import { figure5Mermaid, machineDot, machineMermaid, observedEdges } from "./observed-machine.ts";

/** None for a lab without encounters. */
export function matrixFiles(view: RunView, scenes: readonly SceneView[]): Readonly<Record<string, string>> {
  const cells = cellViewsOf(scenes);
  if (cells.length === 0) return {};
  const edges = observedEdges(cells);
  return {
    "heat-map.svg": heatMapPicture(cells),
    "matrix.html": matrixPage(view.verdict.run, cells),
    "cells.csv": cellsCsv(cells),
    "machine.dot": machineDot(edges),
    "machine.mmd": machineMermaid(edges),
    "figure-5.mmd": figure5Mermaid(),
  };
}

// A matrix in one line: cells run, conforming, known deviations, surprises.

import type { CellView, VerdictClass } from "./cell-view.ts";

/** "5804 cells: 4308 conform, 1496 known deviations of Linux, no surprise." */
export function formatMatrixSummary(cells: readonly CellView[]): string {
  const count = (verdictClass: VerdictClass) => cells.filter((cell) => cell.verdictClass === verdictClass).length;
  const [deviations, surprises, open] = [count("deviation"), count("surprise"), count("open")];
  return [
    `${cells.length} cells: ${count("conforms")} conform`,
    `${deviations} known deviation${deviations === 1 ? "" : "s"} of Linux`,
    ...(open > 0 ? [`${open} nobody saw`] : []),
    surprises === 0 ? "no surprise." : `${surprises} surprise${surprises === 1 ? "" : "s"}.`,
  ].join(", ");
}

// A matrix in one line: cells run, conforming, known deviations, surprises.

import type { CellView, Fare } from "./cell-view.ts";

/** "5804 cells: 4308 conform, 1496 known deviations of Linux, no surprise." */
export function spellMatrixSummary(cells: readonly CellView[]): string {
  const count = (fare: Fare) => cells.filter((cell) => cell.fare === fare).length;
  const [deviations, surprises, open] = [count("deviation"), count("surprise"), count("open")];
  return [
    `${cells.length} cells: ${count("conforms")} conform`,
    `${deviations} known deviation${deviations === 1 ? "" : "s"} of Linux`,
    ...(open > 0 ? [`${open} nobody saw`] : []),
    surprises === 0 ? "no surprise." : `${surprises} surprise${surprises === 1 ? "" : "s"}.`,
  ].join(", ");
}

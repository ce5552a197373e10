// A matrix in one line: cells run, conforming, known deviations, surprises.

import { type CellView, formOf, type VerdictClass } from "./cell-view.ts";

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

/** A sentence for each such change; none as a rule. What kernels of two kinds answer alike says nothing of either. */
export function renderMixedChanges(cells: readonly CellView[]): readonly string[] {
  const ids = cells.flatMap((view) => formOf(view)?.id ?? []).filter((id) => !id.includes("-or-"));
  const sides = ids.flatMap((id) => id.split("-and-"));
  const count = (side: string) => sides.filter((one) => one === side).length;
  const changes = new Set(sides.map((side) => side.replace(/^(before|since)-/, "")));
  return [...changes].flatMap((change) => {
    const [before, since] = [count(`before-${change}`), count(`since-${change}`)];
    return before === 0 || since === 0
      ? []
      : [
          `This kernel shows both sides of the change ${change}: ${before} cell${before === 1 ? "" : "s"} as before it, ${since} as since. No kernel that is known does.`,
        ];
  });
}

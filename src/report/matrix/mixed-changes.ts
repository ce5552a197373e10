// Whether one kernel shows both sides of a change of Linux, which no kernel that is known does: then the change is not what it is taken for.

import { type CellView, formOf } from "./cell-view.ts";

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

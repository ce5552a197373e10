// The cells of one group of the heat map, those of both families side by side: one variant for each acknowledgement and timestamp.

import type { CellView } from "./cell-view.ts";
import type { CellGroup } from "./heat-map.ts";

export interface Variant {
  readonly first: CellView;
  /** The same cell over the other family. */
  readonly others: readonly CellView[];
  /** What was seen, and how it fares, is the same in all. */
  readonly alike: boolean;
}

export function variantsOf({ cells }: CellGroup): readonly Variant[] {
  const byCell = new Map<string, CellView[]>();
  for (const view of cells) {
    const own = byCell.get(view.cell.id) ?? [];
    own.push(view);
    byCell.set(view.cell.id, own);
  }
  return [...byCell.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const alike = others.every(
      ({ verdictClass, documented }) =>
        verdictClass === first.verdictClass && documented.seen?.value === first.documented.seen?.value,
    );
    return [{ first, others, alike }];
  });
}

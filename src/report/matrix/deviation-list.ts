// The known deviations that a run came across: each with its cells, the RFCs' sections, Linux's function and reason.

import { type CellView, deviationOf } from "./cell-view.ts";

export interface DeviationFound {
  readonly id: string;
  readonly cells: readonly CellView[];
  /** Of the sentences that Linux departs from. */
  readonly cites: readonly string[];
  /** "tcp_check_req()" */
  readonly where: string;
  readonly reason: string;
}

/** Most cells first. */
export function deviationsFound(cells: readonly CellView[]): readonly DeviationFound[] {
  const byId = new Map<string, CellView[]>();
  for (const view of cells) {
    const id = deviationOf(view);
    if (id === undefined) continue;
    const own = byId.get(id) ?? [];
    own.push(view);
    byId.set(id, own);
  }
  return [...byId].map(([id, own]) => found(id, own)).sort((one, other) => other.cells.length - one.cells.length);
}

function found(id: string, cells: readonly CellView[]): DeviationFound {
  const [first] = cells;
  return {
    id,
    cells,
    cites: [...new Set(cells.map(({ documented }) => documented.cite))],
    where: first?.onLinux?.cite.replace(/^Linux, /, "").replace(/: [^:]*$/, "") ?? "",
    reason: first?.documented.explanation ?? "",
  };
}

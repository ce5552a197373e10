// The known deviations that a run came across: each with its cells, the RFCs' sections, Linux's function and reason.

import { type CellView, deviationOf, formOf } from "./cell-view.ts";

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
  const form = first && formOf(first);
  if (form?.id === id) return { id, cells, cites: citesOf(cells), where: "", reason: form.told };
  return {
    id,
    cells,
    cites: citesOf(cells),
    where: first?.onLinux?.cite.replace(/^Linux, /, "").replace(/: [^:]*$/, "") ?? "",
    reason: first?.documented.explanation ?? "",
  };
}

const citesOf = (cells: readonly CellView[]): readonly string[] => [
  ...new Set(cells.map(({ documented }) => documented.cite)),
];

/** Where kernels differ: each form that was seen, told, with the number of its cells. Most cells first. */
export function formsFound(cells: readonly CellView[]): readonly { readonly told: string; readonly cells: number }[] {
  const count = new Map<string, number>();
  for (const view of cells) {
    const told = formOf(view)?.told;
    if (told !== undefined) count.set(told, (count.get(told) ?? 0) + 1);
  }
  return [...count].map(([told, own]) => ({ told, cells: own })).sort((one, other) => other.cells - one.cells);
}

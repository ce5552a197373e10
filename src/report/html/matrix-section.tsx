// The matrix in report.html: its heat maps, whose signs open in matrix.html beside it.

import { cellViewsOf } from "../matrix/cell-view.ts";
import { heatMapsOf, LEGEND } from "../matrix/heat-map.ts";
import { HeatTable } from "../matrix/heat-table.tsx";
import { formatMatrixSummary } from "../matrix/matrix-summary.ts";
import type { SceneView } from "../view/run-view.ts";

export function MatrixSection({ scenes }: { readonly scenes: readonly SceneView[] }) {
  const cells = cellViewsOf(scenes);
  if (cells.length === 0) return null;
  return (
    <section id="matrix">
      <h2>Every state meets every segment</h2>
      <p>
        <b>{formatMatrixSummary(cells)}</b> <a href="matrix.html">matrix.html</a> has every cell with its raw lines, and
        the reasons of the deviations.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="maps" aria-label="Heat maps" tabIndex={0}>
        {heatMapsOf(cells).map((map) => (
          <HeatTable map={map} page="matrix.html" key={String(map.timestamps)} />
        ))}
      </section>
      <p>{LEGEND}</p>
    </section>
  );
}

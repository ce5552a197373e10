// matrix.html: the heat maps, where a click or a key opens a square; one file without a script that fetches nothing.

import { renderToString } from "preact-render-to-string";
import { SEGMENT_NAMES } from "../../rfc-model/cells/segment-cells.ts";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { plainDocument } from "../html/document.tsx";
import { printable } from "../view/printable.ts";
import { CellPanel } from "./cell-panel.tsx";
import type { CellView } from "./cell-view.ts";
import { deviationsFound, formsFound } from "./deviation-list.ts";
import { type HeatMap, heatMapsOf, LEGEND } from "./heat-map.ts";
import { anchorOf, HeatTable, titleOf } from "./heat-table.tsx";
import { MachineTable } from "./machine-table.tsx";
import { formatMatrixSummary, renderMixedChanges } from "./matrix-summary.ts";
import { observedEdges } from "./observed-machine.ts";

export function matrixPage(run: VerdictDocument["run"], cells: readonly CellView[]): string {
  const body = renderToString(<Matrix run={run} cells={cells} />);
  return plainDocument(printable(`lab:${run.lab}, run ${run.id}`), body, { sheets: ["matrix", "heat"] });
}

interface MatrixOf {
  readonly run: VerdictDocument["run"];
  readonly cells: readonly CellView[];
}

function Matrix({ run, cells }: MatrixOf) {
  const maps = heatMapsOf(cells);
  const facts = [run.tool, run.kernel, run.startedAt, ...(run.student === undefined ? [] : [`student ${run.student}`])];
  return (
    <main>
      <h1>Every state meets every segment</h1>
      <p class="facts">{facts.join(" · ")}</p>
      <p class="summary">{formatMatrixSummary(cells)}</p>
      <div class="maps" id="maps">
        {maps.map((map) => (
          <HeatTable map={map} key={String(map.timestamps)} />
        ))}
      </div>
      <p class="legend">{LEGEND} Choose a sign to see its cells.</p>
      <Deviations cells={cells} />
      <Forms cells={cells} />
      <section>
        <h2>The observed machine</h2>
        <p>
          Every move to another state that a segment brought about without timestamps, and the arrow of RFC 9293's
          figure 5 that it goes; machine.dot and machine.mmd draw it.
        </p>
        <div class="maps">
          <MachineTable edges={observedEdges(cells)} />
        </div>
      </section>
      {maps.map((map) => (
        <Panels map={map} key={String(map.timestamps)} />
      ))}
    </main>
  );
}

function Panels({ map }: { readonly map: HeatMap }) {
  return (
    <>
      {map.rows.flatMap((row) =>
        SEGMENT_NAMES.flatMap((segment) =>
          row.squares[segment].map((group) => {
            const id = anchorOf(map, row, segment, group);
            return <CellPanel id={id} title={titleOf(row, segment, group)} group={group} key={id} />;
          }),
        ),
      )}
    </>
  );
}

function Forms({ cells }: { readonly cells: readonly CellView[] }) {
  const found = formsFound(cells);
  if (found.length === 0) return null;
  return (
    <section>
      <h2>Where kernels differ</h2>
      <p>
        Linux has changed these answers. What stands here is what this kernel does; another kernel may do otherwise.
      </p>
      <ul>
        {found.map(({ told, cells: count }) => (
          <li key={told}>
            {told} <small>({count} cells)</small>
          </li>
        ))}
      </ul>
      {renderMixedChanges(cells).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </section>
  );
}

function Deviations({ cells }: { readonly cells: readonly CellView[] }) {
  return (
    <section>
      <h2>Known deviations of Linux</h2>
      {deviationsFound(cells).map(({ id, cells: own, cites, where, reason }) => (
        <details id={`deviation-${id}`} open key={id}>
          <summary>
            {id} <small>({own.length} cells)</small>
          </summary>
          <p>{reason}</p>
          <p>
            <cite>{cites.join("; ")}</cite> · <code>{where}</code>
          </p>
        </details>
      ))}
    </section>
  );
}

// heat-map.svg: the heat maps as one picture that needs no browser and no style sheet, for a README on light or dark paper.

import { renderToString } from "preact-render-to-string";
import { SEGMENT_NAMES, SEGMENTS, type SegmentName } from "../../rfc-model/cells/segment-cells.ts";
import type { CellView } from "./cell-view.ts";
import {
  type CellGroupTone,
  captionOf,
  type HeatMap,
  type HeatRow,
  heatMapsOf,
  SYMBOL,
  TONE_WORDS,
  toneOf,
} from "./heat-map.ts";
import { formatMatrixSummary } from "./matrix-summary.ts";

/** Pixels. */
const SIGN = { width: 14, height: 20, gap: 1 } as const;
const SIGNS = 5;
const SQUARE = SIGNS * (SIGN.width + SIGN.gap) - SIGN.gap;
const COLUMN = SQUARE + 7;
const ROW = SIGN.height + 4;
const MARGIN = 20;
const LABELS = 190;
const WIDTH = MARGIN + LABELS + SEGMENT_NAMES.length * COLUMN + MARGIN;
/** The title of the picture; a map's caption and the two lines of its heads; the legend. */
const TITLE = 62;
const HEAD = 62;
const LEGEND = 76;
const GAP = 14;
const LEGEND_COLUMN = 200;

/** Without a character that XML would have escaped. */
const STYLE = `
svg { --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --conforms: #d5ecd9; --some-deviation: #ffe9bd; --deviation: #ffc45c; --surprise: #c4211c; --open: #d3d6da }
@media (prefers-color-scheme: dark) { svg { --paper: #0d1117; --ink: #e6edf3; --faint: #9198a1; --conforms: #1f4a2b; --some-deviation: #5a4310; --deviation: #8a5a00; --surprise: #e5484d; --open: #4a5058 } }
text { font: 13px system-ui, sans-serif; fill: var(--ink) }
.title { font-size: 17px; font-weight: 600 }
.caption { font-size: 14px; font-weight: 600 }
.faint { fill: var(--faint) }
.head, .sign { text-anchor: middle }
.label { text-anchor: end }
.sign { font: 600 12px ui-monospace, monospace }
.surprise { fill: #ffffff }
`;

const NAMES = Object.keys(SYMBOL) as readonly CellGroupTone[];

/** Both maps, one below the other. */
export function heatMapPicture(cells: readonly CellView[]): string {
  const maps = heatMapsOf(cells);
  const heights = maps.map(({ rows }) => HEAD + rows.length * ROW + GAP);
  const top = (place: number) => TITLE + heights.slice(0, place).reduce((sum, height) => sum + height, 0);
  const height = top(maps.length) + LEGEND;
  const summary = formatMatrixSummary(cells);
  return renderToString(
    <svg xmlns="http://www.w3.org/2000/svg" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} role="img">
      <title>{`Every state meets every segment: ${summary}`}</title>
      <style>{STYLE}</style>
      <defs>
        {NAMES.map((tone) => (
          <Sign id={tone} tone={tone} width={SIGN.width} key={tone} />
        ))}
        {NAMES.map((tone) => (
          <Sign id={`wide-${tone}`} tone={tone} width={SQUARE} key={tone} />
        ))}
      </defs>
      <rect width={WIDTH} height={height} fill="var(--paper)" />
      <text class="title" x={MARGIN} y={28}>
        Every state meets every segment
      </text>
      <text class="faint" x={MARGIN} y={50}>
        {summary}
      </text>
      {maps.map((map, place) => (
        <OneMap map={map} top={top(place)} key={String(map.timestamps)} />
      ))}
      <Legend top={top(maps.length)} />
    </svg>,
  );
}

/** What conforms has no letter: the eye shall find the others. */
const Sign = ({ id, tone, width }: { readonly id: string; readonly tone: CellGroupTone; readonly width: number }) => (
  <g id={id}>
    <rect width={width} height={SIGN.height} rx={2} fill={`var(--${tone})`} />
    {tone !== "conforms" && (
      <text class={`sign ${tone}`} x={width / 2} y={14}>
        {SYMBOL[tone]}
      </text>
    )}
  </g>
);

const columnAt = (place: number): number => MARGIN + LABELS + place * COLUMN;

function OneMap({ map, top }: { readonly map: HeatMap; readonly top: number }) {
  return (
    <g transform={`translate(0 ${top})`}>
      <text class="caption" x={MARGIN} y={18}>
        {captionOf(map)}
      </text>
      {SEGMENT_NAMES.map((name, place) => (
        <Head name={name} x={columnAt(place) + SQUARE / 2} key={name} />
      ))}
      {map.rows.map((row, place) => (
        <Row row={row} y={HEAD + place * ROW} key={row.situation} />
      ))}
    </g>
  );
}

function Head({ name, x }: { readonly name: SegmentName; readonly x: number }) {
  const { flags, payload } = SEGMENTS[name];
  return (
    <>
      <text class="head" x={x} y={payload === "" ? 53 : 38}>
        {flags}
      </text>
      {payload !== "" && (
        <text class="head faint" x={x} y={53}>
          data
        </text>
      )}
    </>
  );
}

function Row({ row, y }: { readonly row: HeatRow; readonly y: number }) {
  return (
    <>
      <text class="label" x={MARGIN + LABELS - 10} y={y + 15}>
        {row.label}
      </text>
      {SEGMENT_NAMES.flatMap((name, column) =>
        row.squares[name].map((group, place) => {
          const tone = toneOf(group);
          const x = columnAt(column) + place * (SIGN.width + SIGN.gap);
          const id = group.place === undefined ? `wide-${tone}` : tone;
          return tone !== undefined && <use href={`#${id}`} x={x} y={y} key={`${name}-${group.place}`} />;
        }),
      )}
    </>
  );
}

function Legend({ top }: { readonly top: number }) {
  return (
    <g transform={`translate(0 ${top})`}>
      {NAMES.map((tone, place) => (
        <g transform={`translate(${MARGIN + place * LEGEND_COLUMN} 0)`} key={tone}>
          <use href={`#${tone}`} />
          <text x={SIGN.width + 6} y={15}>
            {TONE_WORDS[tone]}
          </text>
        </g>
      ))}
      <text class="faint" x={MARGIN} y={44}>
        A square's five places are those of the sequence number: before the window, at RCV.NXT, in the middle,
      </text>
      <text class="faint" x={MARGIN} y={62}>
        the last number of the window, the first past it. In part: with some acknowledgements or timestamps only.
      </text>
    </g>
  );
}

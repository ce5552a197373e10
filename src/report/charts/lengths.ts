// A histogram of a population's lengths, with the window that the kernel's timer wheel predicts.

import type { PopulationRecord } from "../../evidence/population.ts";
import { type PopulationFigures, TIME_WAIT_MS } from "../../verdict/answers/population-figures.ts";
import { axis, drawChart, FAINT, heading, SERIES, WINDOW } from "./draw-chart.ts";

/** Bins in the predicted window, and beside it on either side. */
const BINS = 32;
const BESIDE = 3;
/** How near to whole multiples of g the starts must be spread for their lengths to be uniform. */
const NEARLY = 0.02;

export function drawLengths(record: PopulationRecord, figures: PopulationFigures): string {
  const { granularity, entries, cells } = figures;
  const width = granularity / BINS;
  const counts = Array.from({ length: BINS + 2 * BESIDE }, () => 0);
  for (const { length, count } of cells) {
    const bin = Math.floor((length - TIME_WAIT_MS) / width) + BESIDE;
    const within = Math.min(Math.max(bin, 0), counts.length - 1);
    counts[within] = (counts[within] ?? 0) + count;
  }
  const edge = (bin: number) => (TIME_WAIT_MS + (bin - BESIDE) * width) / 1000;
  const bars = counts.map((count, bin) => [edge(bin), count]);
  const [from, to] = [edge(BESIDE), edge(BESIDE + BINS)];
  const uniform = isSpreadEvenly(record) ? [uniformLine(from, to, entries / BINS)] : [];
  return drawChart(
    {
      title: heading(
        "How long TIME_WAIT lasted",
        `${entries} entries; shaded: from 60 s to 60 s + g, g = ${granularity / 1000} s${uniform.length > 0 ? "; dashed: evenly spread" : ""}`,
      ),
      grid: { left: 64, right: 24, top: 72, bottom: 56 },
      xAxis: axis("seconds", {
        type: "value",
        min: edge(0),
        max: edge(counts.length),
        nameGap: 32,
        axisLabel: ROUND_ONLY,
      }),
      yAxis: axis("entries", { type: "value", nameGap: 44 }),
      series: [
        {
          type: "line",
          step: "end",
          symbol: "none",
          data: [...bars, [edge(counts.length), 0]],
          lineStyle: { color: SERIES[0], width: 1.5 },
          areaStyle: { color: SERIES[0], opacity: 0.35 },
          markArea: {
            silent: true,
            itemStyle: { color: WINDOW, opacity: 0.6 },
            data: [[{ xAxis: from }, { xAxis: to }]],
          },
        },
        ...uniform,
      ],
    },
    { width: 760, height: 360 },
    `Histogram of ${entries} TIME_WAIT lengths: shortest ${format(figures.least)}, median ${format(figures.median)}, longest ${format(figures.most)}.`,
  );
}

/** The edges are no round numbers, and would stand on their neighbours. */
const ROUND_ONLY = { color: FAINT, showMinLabel: false, showMaxLabel: false };

const format = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(3)} s`;

const uniformLine = (from: number, to: number, height: number) => ({
  type: "line",
  symbol: "none",
  data: [
    [from, height],
    [to, height],
  ],
  lineStyle: { color: FAINT, type: "dashed", width: 1.5 },
});

function isSpreadEvenly({ starts, granularity }: PopulationRecord): boolean {
  const spread = (starts.at(-1)?.[1] ?? 0) / granularity;
  return Math.round(spread) >= 1 && Math.abs(spread - Math.round(spread)) < NEARLY;
}

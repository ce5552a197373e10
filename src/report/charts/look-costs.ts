// What a look costs each witness as the population grows, on logarithmic axes.

import type { GrowthRecord } from "../../evidence/growth.ts";
import { costCurves } from "../../verdict/answers/growth-figures.ts";
import { axis, drawChart, heading, INK } from "./draw-chart.ts";

export function drawLookCosts(record: GrowthRecord): string {
  const curves = costCurves(record);
  const largest = Math.max(...curves.flatMap(({ points }) => points.map(([entries]) => entries)));
  const told = curves.map(({ witness, points }) => `${witness} ${points.at(-1)?.[1].toFixed(1)} ms`);
  return drawChart(
    {
      title: heading("What a look costs", "the quickest of several looks at all sockets, output thrown away"),
      legend: { top: 14, right: 24, textStyle: { color: INK } },
      grid: { left: 72, right: 32, top: 72, bottom: 56 },
      xAxis: axis("TIME_WAIT entries", { type: "log", nameGap: 32, min: 1000, max: largest }),
      yAxis: axis("milliseconds", { type: "log", nameGap: 48 }),
      series: curves.map(({ witness, points }) => ({
        name: witness,
        type: "line",
        symbolSize: 7,
        data: points.map((point) => [...point]),
        lineStyle: { width: 2 },
      })),
    },
    { width: 760, height: 380 },
    `What a look at ${largest} TIME_WAITs costs: ${told.join(", ")}.`,
  );
}

// How many of a population stand, over time: the whole life, and its last seconds enlarged.

import type { PopulationRecord } from "../../evidence/population.ts";
import { axis, drawChart, heading, SERIES, WINDOW } from "./draw-chart.ts";

export function drawSurvivors({ entries, granularity, looks, starts }: PopulationRecord): string {
  const points = looks.map(([, to, standing]) => [to / 1000, standing]);
  const firstEnd = 60;
  const lastEnd = ((starts.at(-1)?.[1] ?? 0) + granularity) / 1000 + 60;
  const line = (place: number) => ({
    type: "line",
    step: "end",
    xAxisIndex: place,
    yAxisIndex: place,
    symbol: place === 1 ? "circle" : "none",
    symbolSize: 4,
    data: points,
    lineStyle: { color: SERIES[0], width: 2 },
    itemStyle: { color: SERIES[0] },
    clip: true,
    markArea: {
      silent: true,
      itemStyle: { color: WINDOW, opacity: 0.6 },
      data: [[{ xAxis: firstEnd }, { xAxis: lastEnd }]],
    },
  });
  const [from, to] = [Math.floor(firstEnd - 1), Math.ceil(lastEnd + 1)];
  return drawChart(
    {
      title: heading(
        "How many stand",
        `left: since the first close; right: the end enlarged, a dot for each look; shaded: when ends are predicted`,
      ),
      grid: [
        { left: 64, width: 300, top: 72, bottom: 56 },
        { left: 440, width: 300, top: 72, bottom: 56 },
      ],
      xAxis: [
        axis("seconds since the first close", { type: "value", gridIndex: 0, min: 0, max: to, nameGap: 32 }),
        axis("seconds", { type: "value", gridIndex: 1, min: from, max: to, nameGap: 32 }),
      ],
      yAxis: [
        axis("entries", { type: "value", gridIndex: 0, max: entries, nameGap: 48 }),
        axis("", { type: "value", gridIndex: 1, max: entries }),
      ],
      series: [line(0), line(1)],
    },
    { width: 760, height: 340 },
    `Of ${entries} TIME_WAITs all stand until 60 s after the first close; the last has ended after ${((looks.at(-1)?.[1] ?? 0) / 1000).toFixed(1)} s.`,
  );
}

// Draws a chart as SVG without a browser (echarts, server side), readable on light and on dark pages.

// The bundle: loading the library's hundreds of files one by one takes ten times as long.
import { type EChartsCoreOption, init } from "echarts/dist/echarts.esm.min";

/** As charts are drawn: on light paper. */
export const INK = "#1f2328";
export const FAINT = "#656d76";
export const LINES = "#d1d9e0";
export const PAPER = "#ffffff";
export const WINDOW = "#dbeafe";
/** Told apart by hue and by lightness, in this order. */
export const SERIES = ["#0b63c5", "#b3470b", "#117a3d", "#8250df"] as const;

/** What each becomes on dark paper. */
const DARK: Readonly<Record<string, string>> = {
  [INK]: "#e6edf3",
  [FAINT]: "#9198a1",
  [LINES]: "#3d444d",
  [PAPER]: "#0d1117",
  [WINDOW]: "#1c3354",
  [SERIES[0]]: "#58a6ff",
  [SERIES[1]]: "#f0883e",
  [SERIES[2]]: "#56d364",
  [SERIES[3]]: "#bc8cff",
};

export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** `description`: what a reader who cannot see the picture is told. */
export function drawChart(option: EChartsCoreOption, { width, height }: ChartSize, description: string): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      backgroundColor: PAPER,
      color: [...SERIES],
      textStyle: { fontFamily: "system-ui, sans-serif", color: INK },
      ...option,
    });
    return chart.renderToSVGString().replace(/^(<svg[^>]*)>/, `$1 role="img">${titleOf(description)}${darkStyle()}`);
  } finally {
    chart.dispose();
  }
}

/** An axis in the colours above. */
export const axis = (name: string, more: object = {}) => ({
  name,
  nameLocation: "middle",
  nameTextStyle: { color: FAINT },
  axisLine: { show: true, lineStyle: { color: FAINT } },
  axisLabel: { color: FAINT },
  splitLine: { show: true, lineStyle: { color: LINES } },
  ...more,
});

export const heading = (text: string, subtext: string) => ({
  text,
  subtext,
  left: 16,
  top: 10,
  textStyle: { color: INK, fontSize: 15 },
  subtextStyle: { color: FAINT, fontSize: 12 },
});

const titleOf = (text: string): string =>
  `<title>${text.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one] ?? one)}</title>`;

function darkStyle(): string {
  const rules = Object.entries(DARK).map(
    ([light, dark]) => `[fill="${light}"]{fill:${dark}}[stroke="${light}"]{stroke:${dark}}`,
  );
  return `<style>@media (prefers-color-scheme:dark){${rules.join("")}}</style>`;
}

// One page that links every run of a results folder.

import type { VerdictDocument } from "../verdict/document.ts";
import { spellSummary } from "./summary-line.ts";

export interface RunEntry {
  /** Below the page: "handshake/2026-11-23T08-15-30Z-3fa9c1". */
  readonly folder: string;
  readonly verdict: VerdictDocument;
  /** Names of the files that the run left. */
  readonly files: readonly string[];
}

/** `runs`: the latest first. */
export function indexPage(runs: readonly RunEntry[]): string {
  const rows = runs.map(
    ({ folder, verdict, files }) => `      <tr class="exit-${verdict.exit}">
        <td><a href="${escapeHtml(`${folder}/${reportAmong(files)}`)}">${escapeHtml(verdict.run.lab)}</a></td>
        <td>${escapeHtml(verdict.run.startedAt)}</td>
        <td>${escapeHtml(verdict.run.student ?? "")}</td>
        <td>${escapeHtml(spellSummary(verdict))}</td>
        <td>${verdict.exit}</td>
        <td>${files.map((file) => `<a href="${escapeHtml(`${folder}/${file}`)}">${escapeHtml(file)}</a>`).join(" ")}</td>
      </tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Runs of tcp-loopback-lab</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Runs of tcp-loopback-lab</h1>
    <p>${runs.length} run${runs.length === 1 ? "" : "s"}, the latest first. Exit: 0 as expected, 1 a surprise, 2 something stayed open.</p>
    <table>
      <thead><tr><th>lab</th><th>started</th><th>student</th><th>verdicts</th><th>exit</th><th>files</th></tr></thead>
      <tbody>
${rows.join("\n")}
      </tbody>
    </table>
  </body>
</html>
`;
}

const reportAmong = (files: readonly string[]): string => (files.includes("report.html") ? "report.html" : "report.md");

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);

const STYLE = `
      :root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
      body { margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; }
      th, td { border-bottom: 1px solid #8884; padding: .4rem .6rem; text-align: left; vertical-align: top; }
      .exit-1 td { font-weight: 600; }
    `;

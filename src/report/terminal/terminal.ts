// The whole of what a run prints: each scene's ladder and how its claims fared, what was refined, what surprised, and where the report lies.

import { join } from "node:path";
import { isNoteThat } from "../../evidence/notes.ts";
import { renderMatrix } from "../matrix/terminal-matrix.ts";
import { CIRCUMSTANCES, formatCircumstances } from "../view/circumstances.ts";
import { formatCounts, formatSummary } from "../view/claim-rows.ts";
import { correctionsAmong } from "../view/corrections.ts";
import { printable } from "../view/printable.ts";
import { type RunView, type SceneView, scenesOf, storiesOf } from "../view/run-view.ts";
import { wrap } from "./columns.ts";
import { renderCorrection } from "./correction.ts";
import { drawLadder } from "./ladder.ts";
import { painted, paintOfAll, type TerminalStyle } from "./style.ts";
import { renderSurprises, renderUnseen } from "./surprise.ts";

export interface TerminalView extends RunView {
  /** The folder that the run left. */
  readonly folder: string;
}

export function reportTerminal(view: TerminalView, style: TerminalStyle): string {
  const scenes = scenesOf(view);
  const stories = storiesOf(view, scenes);
  const sections = [
    heading(view, style),
    ...stories.scenes.map((scene) => renderScene(scene, style)),
    renderMatrix(scenes, style),
    renderCorrections(stories.scenes, style),
    renderCircumstances(view, scenes, style),
    renderSurprises(stories.view, stories.scenes, style),
    renderUnseen(stories.view, style),
    closing(view, style),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function heading({ lab, verdict, environment }: RunView, style: TerminalStyle): string {
  const { run } = verdict;
  const student = run.student === undefined ? [] : [`student ${run.student}`];
  const facts = [run.tool, environment.kernel, run.startedAt, ...student].map(printable).join(" · ");
  return [
    painted(`lab:${lab.id}`, "bold", style),
    wrap(lab.question, style.columns),
    painted(wrap(facts, style.columns), "dim", style),
  ].join("\n");
}

function renderScene(scene: SceneView, style: TerminalStyle): string {
  const title = `── ${scene.id} (${scene.mode}) `;
  const parts = [
    painted(title.padEnd(style.columns, "─"), "bold", style),
    wrap(scene.title, style.columns),
    ...scene.evidence.notes
      .filter((note) => isNoteThat(note, "shown"))
      .map(({ text }) => wrap(printable(text), style.columns)),
  ];
  if (scene.documented !== undefined) parts.push(drawLadder(scene.documented, scene.claims, style));
  if (scene.claims.length > 0)
    parts.push(painted(wrap(`${formatCounts(scene.claims)}.`, style.columns), paintOfAll(scene.claims), style));
  return parts.join("\n");
}

function renderCircumstances(view: RunView, scenes: readonly SceneView[], style: TerminalStyle): string {
  const told = formatCircumstances(view, scenes).map((line) => wrap(printable(line), style.columns));
  return told.length === 0 ? "" : [painted(CIRCUMSTANCES, "bold", style), ...told].join("\n");
}

const CORRECTIONS = 30;

function renderCorrections(scenes: readonly SceneView[], style: TerminalStyle): string {
  const told = scenes.flatMap(({ claims }) => correctionsAmong(claims).map((one) => renderCorrection(one, style)));
  if (told.length === 0) return "";
  const more = told.length > CORRECTIONS ? [`${told.length - CORRECTIONS} more are in report.md.`] : [];
  const heading = painted("What was refined or contradicted", "bold", style);
  return [heading, ...told.slice(0, CORRECTIONS), ...more].join("\n\n");
}

function closing({ verdict, folder }: TerminalView, style: TerminalStyle): string {
  return [
    wrap(formatSummary(verdict), style.columns),
    `report:   ${join(folder, "report.html")} (and report.md)`,
    `capture:  ${join(folder, "capture.pcapng")} (opens in Wireshark)`,
  ].join("\n");
}

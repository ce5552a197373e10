// The whole of what a run prints: each scene's ladder and how its claims fared, what was refined, what surprised, and where the report lies.

import { join } from "node:path";
import { tellMatrix } from "../matrix/terminal-matrix.ts";
import { CIRCUMSTANCES, spellCircumstances } from "../view/circumstances.ts";
import { correctionsAmong } from "../view/corrections.ts";
import { TOLD_NOTES } from "../view/notes-to-show.ts";
import { printable, wrap } from "../view/printable.ts";
import { type RunView, type SceneView, scenesOf, storiesOf } from "../view/run-view.ts";
import { spellCounts, spellSummary } from "../view/summary-line.ts";
import { tellCorrection } from "./correction.ts";
import { drawLadder } from "./ladder.ts";
import { painted, paintOfAll, type TerminalStyle } from "./style.ts";
import { tellSurprises, tellUnseen } from "./surprise.ts";

export interface TerminalView extends RunView {
  /** The folder that the run left. */
  readonly folder: string;
}

export function reportTerminal(view: TerminalView, style: TerminalStyle): string {
  const scenes = scenesOf(view);
  const stories = storiesOf(view, scenes);
  const sections = [
    heading(view, style),
    ...stories.scenes.map((scene) => tellScene(scene, style)),
    tellMatrix(scenes, style),
    tellCorrections(stories.scenes, style),
    tellCircumstances(view, scenes, style),
    tellSurprises(stories.view, stories.scenes, style),
    tellUnseen(stories.view, style),
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

function tellScene(scene: SceneView, style: TerminalStyle): string {
  const title = `── ${scene.id} (${scene.mode}) `;
  const parts = [
    painted(title.padEnd(style.columns, "─"), "bold", style),
    wrap(scene.title, style.columns),
    ...scene.evidence.notes
      .filter(({ topic }) => TOLD_NOTES.has(topic))
      .map(({ text }) => wrap(printable(text), style.columns)),
  ];
  if (scene.documented !== undefined) parts.push(drawLadder(scene.documented, scene.claims, style));
  if (scene.claims.length > 0)
    parts.push(painted(wrap(`${spellCounts(scene.claims)}.`, style.columns), paintOfAll(scene.claims), style));
  return parts.join("\n");
}

function tellCircumstances(view: RunView, scenes: readonly SceneView[], style: TerminalStyle): string {
  const told = spellCircumstances(view, scenes).map((line) => wrap(printable(line), style.columns));
  return told.length === 0 ? "" : [painted(CIRCUMSTANCES, "bold", style), ...told].join("\n");
}

const CORRECTIONS = 30;

function tellCorrections(scenes: readonly SceneView[], style: TerminalStyle): string {
  const told = scenes.flatMap(({ claims }) => correctionsAmong(claims).map((one) => tellCorrection(one, style)));
  if (told.length === 0) return "";
  const more = told.length > CORRECTIONS ? [`${told.length - CORRECTIONS} more are in report.md.`] : [];
  const heading = painted("What was refined or contradicted", "bold", style);
  return [heading, ...told.slice(0, CORRECTIONS), ...more].join("\n\n");
}

function closing({ verdict, folder }: TerminalView, style: TerminalStyle): string {
  return [
    wrap(spellSummary(verdict), style.columns),
    `report:   ${join(folder, "report.html")} (and report.md)`,
    `capture:  ${join(folder, "capture.pcapng")} (opens in Wireshark)`,
  ].join("\n");
}

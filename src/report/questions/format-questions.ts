// The lab sheet as text: the questions of a run, with the answers for a report or the instructor, or with room for them.

import { escaped } from "../markdown/text.ts";
import { wrap } from "../terminal/columns.ts";
import { painted, type TerminalStyle } from "../terminal/style.ts";
import { type RunView, type SceneView, scenesOf } from "../view/run-view.ts";
import { questionsOf } from "./questions.ts";

/** "" where a run answers none. */
export function questionSection(view: RunView, scenes: readonly SceneView[]): string {
  const asked = questionsOf(scenes);
  if (asked.length === 0) return "";
  const told = asked.map(
    ({ scene, question, answer }, index) =>
      `${index + 1}. **${escaped(question)}** (scene ${escaped(scene)})\n\n   ${view.worksheet ? "…" : escaped(answer)}`,
  );
  const title = view.worksheet ? "## Questions, to be answered from this run" : "## Questions and answers";
  return [title, ...told].join("\n\n");
}

/** For a terminal; `answers`: the instructor's key. */
export function formatQuestions(view: RunView, style: TerminalStyle, answers: boolean): string {
  const head = `${view.lab.id}, run ${view.verdict.run.id}${view.verdict.run.student === undefined ? "" : `, ${view.verdict.run.student}`}`;
  const told = questionsOf(scenesOf(view)).map(({ scene, question, answer }, index) => {
    const number = `${index + 1}. `;
    const asked = painted(
      wrap(`${question} [scene ${scene}]`, style.columns, number, " ".repeat(number.length)),
      "bold",
      style,
    );
    return answers ? `${asked}\n${wrap(answer, style.columns, "   ")}\n` : `${asked}\n`;
  });
  return `${[painted(head, "bold", style), "", ...told].join("\n")}\n`;
}

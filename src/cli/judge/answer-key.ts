// judge --key: the answers to the lab sheet's questions, for the instructor, from each run that was handed in.

import { isRefusal, type JudgedEvidence, type Refusal } from "../../handed-in/judge-bundle.ts";
import { formatQuestions } from "../../report/questions/format-questions.ts";
import { printable } from "../../report/view/printable.ts";
import type { RunView } from "../../report/view/run-view.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";

/** A run that was refused has no answers; that it has none must not go unsaid. */
export const keyOf = (judged: JudgedEvidence | Refusal): string =>
  isRefusal(judged)
    ? `${printable(judged.name)}: refused: ${printable(judged.refused)}\n`
    : formatQuestions(viewOf(judged), styleOfTerminal(), true);

const viewOf = ({ lab, claims, verdict, lines }: JudgedEvidence): RunView => ({
  lab,
  claims,
  verdict,
  timeline: lines,
  environment: { kernel: verdict.run.kernel },
});

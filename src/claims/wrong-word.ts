// The word of a question that names nothing: a step the scene does not have, no flag, no rule. Found before a socket opens.

import { ENDS } from "../tcp/end.ts";
import { FLAGS, formatFlags, readFlags } from "../tcp/flags.ts";
import type { Pick } from "./pick.ts";
import { type ClosedWord, type Question, questionRow } from "./question.ts";

/** `steps`: those of the scene. */
export function wrongWord(ask: Question, steps: readonly string[]): ClosedWord | undefined {
  const row = questionRow(ask);
  const picks = row.picks(ask).filter((pick) => pick !== undefined);
  const during = picks.flatMap((pick) => pick.during ?? []);
  const words = [
    ...[...row.steps(ask), ...during].map((word) => ({ names: "step", word, among: steps })),
    ...("end" in ask ? [endWord(ask.end)] : []),
    ...picks.flatMap(wordsOfPick),
    ...row.words(ask),
  ];
  return words.find(({ word, among }) => !among.includes(word));
}

const endWord = (word: string): ClosedWord => ({ names: "end", word, among: ENDS });

function wordsOfPick({ end, flags, having = "" }: Pick): readonly ClosedWord[] {
  const flagWords = [flags ?? "", having].join(" ").split(" ");
  return [
    ...(end === undefined ? [] : [endWord(end)]),
    ...flagWords
      .filter((word) => word !== "" && word !== "none")
      .map((word) => ({ names: "flag", word, among: FLAGS })),
    ...(flags === undefined ? [] : [inOrder(flags)]),
  ];
}

/** Flags are compared as they are written: in another order they would mean no segment at all. */
const inOrder = (flags: string): ClosedWord => ({
  names: "combination of flags",
  word: flags,
  among: [formatFlags(readFlags(flags) ?? [])],
});

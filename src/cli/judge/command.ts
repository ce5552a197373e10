// The words of `judge`: its options, and the help that teaches them.

import type { Command } from "commander";
import type { JudgeOptions } from "./run.ts";

export function addJudge(program: Command, done: (status: number) => void): void {
  program
    .command("judge")
    .argument("[path...]", "folders of runs, .zip files of them, or folders with many of either")
    .description("judges recorded evidence again, from the raw files alone; any operating system, no privilege")
    .option("--json", "one JSON document with every verdict and complaint", false)
    .option("--verdict", "the verdict documents alone, as verdict.json has them", false)
    .option("--key", "the answers to the lab sheet's questions, for the instructor", false)
    .option("--junit <file>", "write JUnit XML")
    .option("--tap <file>", "write TAP version 14")
    .option("--csv <file>", "write a grade book, a row for every run")
    .option("--gradescope <file>", "write Gradescope's results.json for one submission")
    .option("--rubric <file>", "points for each claim, for --csv and --gradescope (default: one each)")
    .option("--rubric-for <lab>", "print a rubric to begin with, and judge nothing")
    .option("--lab <file>", "a lab file of your own, whose runs are judged too")
    .option("--quiet", "no progress", false)
    .addHelpText("after", HELP)
    .action(async (paths: readonly string[], options: JudgeOptions & { readonly rubricFor?: string }) => {
      const { judgePaths, printRubric } = await import("./run.ts");
      done(options.rubricFor === undefined ? await judgePaths(paths, options) : await printRubric(options.rubricFor));
    });
}

const HELP = `
Nothing that was handed in is trusted: it is checked against its schema and
limits, read through no link, and no code of it is run. Every verdict is derived
anew from timeline.jsonl and capture.pcapng; then the parts are held against
each other: raw lines, packets, times, sequence numbers, environment, digests,
and the verdicts inside. Runs that share random numbers or times are listed, a
line for each group.
This proves that a run is consistent, not who made it.

  npm run judge -- results/handshake/<run>             one run
  npm run judge -- class/ --csv grades.csv             every run below class/
  npm run -s judge -- --verdict <run> | diff - <run>/verdict.json
  npm run -s judge -- --rubric-for handshake > rubric.json
  npm run judge -- handed-in/ --rubric rubric.json --gradescope results.json

Exit status, that of the worst run: 3 something could not be judged; else 1 a
surprise, witnesses that disagree, or evidence that does not fit together; else
2 something stayed open; else 0, all as expected.
`;

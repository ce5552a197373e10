// npm run grid: plays all labs on many machines in one, pair-wise combinations of what differs between machines, and holds each against the baseline.

import { labNames } from "../../cli/find-lab.ts";
import { whyNoNamespace } from "../lab-process.ts";
import type { Combination } from "./combination.ts";
import { coverPairs } from "./covering.ts";
import { FACTORS, type Factor } from "./factors.ts";
import { playable } from "./playable.ts";
import { withoutRefused } from "./refused.ts";
import { Grid } from "./rows.ts";

/** Of each factor: the baseline, and the one that is furthest from it. */
const SAMPLE_LEVELS = 2;
const USAGE = "npm run grid [-- [--sample] [lab...]]";
const HELP = `Usage: ${USAGE}

Plays the labs, or those that are named, with what differs between machines:
congestion control, processors, memory, sysctls of distributions, IPv6, and the
ss and netstat of Debian's suites, which are fetched once (sid's once a week).
The baseline must have no surprise, and every verdict must be that of the
baseline; what must differ (a claim's condition) is told and counts as nothing.
All pairs of levels are met, which takes about half an hour.

  --sample    the baseline and one other level of each: some minutes
  -h, --help  this

A namespace takes only the congestion controls that the host allows. As root:
  sysctl -w net.ipv4.tcp_allowed_congestion_control="reno cubic bbr"

Exit status: 0 every verdict is the baseline's; 1 some differ; 3 usage.`;
/** 130 as a shell has it after Ctrl-C. */
const EXIT = { same: 0, different: 1, usage: 3, interrupted: 130 } as const;

const tell = (line: string): void => console.log(line);

/** Every lab at the baseline first; then every pair of levels, and every lab with every level. */
function designOf(labs: readonly string[], factors: readonly Factor[]): readonly Combination[] {
  const baseline = labs.map((_, lab) => [lab, ...factors.map(() => 0)]);
  const rows = coverPairs([labs.length, ...factors.map(({ levels }) => levels.length)], baseline);
  return rows.map(([lab = 0, ...row]) => ({
    lab: labs[lab] ?? "",
    levels: factors.map(({ levels }, index) => levels[row[index] ?? 0] ?? levels[0]),
  }));
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    tell(HELP);
    return EXIT.same;
  }
  const sample = words.includes("--sample");
  const named = words.filter((word) => word !== "--sample");
  const strange = named.find((word) => !labNames().includes(word));
  if (strange !== undefined) {
    console.error(`grid: "${strange}": no such lab: ${USAGE}`);
    return EXIT.usage;
  }
  const skipped = await whyNoNamespace();
  if (skipped !== undefined) {
    tell(`skipped: ${skipped}`);
    return EXIT.same;
  }
  const leftOut: string[] = [];
  const leaveOut = (what: string, why: string): void => {
    leftOut.push(what);
    tell(`left out: ${what}: ${why}`);
  };
  const most = sample ? SAMPLE_LEVELS : Number.POSITIVE_INFINITY;
  const factors = playable(withoutRefused(FACTORS, leaveOut), most, leaveOut);
  for (const { name, levels } of factors) tell(`${name}: ${levels.map((level) => level.name).join(", ")}`);
  const design = designOf(named.length > 0 ? named : labNames(), factors);
  tell(`${design.length} rows, in which every pair of these meets, and every lab meets each of them`);
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const grid = new Grid(factors, sample, stop.signal, tell);
  for (const [index, combination] of design.entries()) {
    try {
      await grid.play(combination, index + 1);
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      tell(`interrupted in row ${index + 1}`);
      return EXIT.interrupted;
    }
  }
  tell(grid.unexplained === 0 ? "every verdict is the baseline's" : `${grid.unexplained} differ from the baseline`);
  if (leftOut.length > 0) tell(`not played on this machine: ${leftOut.join(", ")}`);
  return grid.unexplained === 0 ? EXIT.same : EXIT.different;
}

process.exitCode = await main(process.argv.slice(2));

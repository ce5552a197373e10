// Compares two recorded runs, from their files alone; any operating system.

import { type ComparedRun, comparedRun } from "../../compare/compared-run.ts";
import { differenceDocument } from "../../compare/difference-document.ts";
import { compareRuns } from "../../compare/run-difference.ts";
import { EvidenceError } from "../../evidence/timeline-file.ts";
import { UsageError } from "../../fault.ts";
import { findBundles } from "../../handed-in/bundle/find-bundles.ts";
import { isRefusal, judgeBundle } from "../../handed-in/judge-bundle.ts";
import { openLabLoader } from "../lab-loader.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";

const SAME = 0;
const DIFFERENT = 1;

/** 0 where nothing differs, 1 where something does, as diff(1); throws an EvidenceError where one cannot be read, a UsageError for two labs. */
export async function diffRuns(a: string, b: string, { json }: { readonly json: boolean }): Promise<number> {
  const [one, other] = [await readRun(a), await readRun(b)];
  const labs = [one, other].map(({ verdict }) => verdict.run.lab);
  if (labs[0] !== labs[1])
    throw new UsageError(
      `diff: ${a} is a run of lab:${labs[0]}, ${b} one of lab:${labs[1]}: compare two runs of one lab`,
    );
  const found = compareRuns(one, other);
  if (json) process.stdout.write(`${JSON.stringify(differenceDocument(one, other, found), null, 2)}\n`);
  else {
    const { formatDifference } = await import("../../compare/difference-text.ts");
    process.stdout.write(formatDifference(one, other, found, styleOfTerminal()));
  }
  const count = found.claims.length + found.segments.length + found.settings.length;
  return count === 0 ? SAME : DIFFERENT;
}

async function readRun(path: string): Promise<ComparedRun> {
  const loadLab = await openLabLoader();
  let run: ComparedRun | undefined;
  for await (const found of findBundles([path])) {
    if (run !== undefined) throw new EvidenceError(`${path}: holds more than one run: name one of them`);
    const judged = "refused" in found ? found : await judgeBundle(found, loadLab);
    if (isRefusal(judged)) throw new EvidenceError(`${judged.name}: ${judged.refused}`);
    const { claims, verdict, lines, environment } = judged;
    run = comparedRun({ claims, verdict, lines, sysctls: environment?.sysctls?.namespace });
  }
  if (run === undefined) throw new EvidenceError(`${path}: holds no run`);
  return run;
}

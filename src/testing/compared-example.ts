// The example runs as they are held against others: what was recorded once, judged by the claims of today.

import { fileURLToPath } from "node:url";
import { openLabLoader } from "../cli/lab-loader.ts";
import { type ComparedRun, comparedRun } from "../compare/compared-run.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import { findBundles } from "../handed-in/bundle/find-bundles.ts";
import { isRefusal, judgeBundle } from "../handed-in/judge-bundle.ts";
import { verdictDocumentOf } from "../verdict/verdict-document.ts";

const EXAMPLES = new URL("../../results/example/", import.meta.url);

/** Its run has tens of thousands of lines. */
export const LARGE_EXAMPLE = "matrix";

const read = new Map<string, Promise<ComparedRun>>();

/** Read and judged once: some are large. */
export function comparedExample(lab: string): Promise<ComparedRun> {
  const known = read.get(lab) ?? readExample(lab);
  read.set(lab, known);
  return known;
}

async function readExample(lab: string): Promise<ComparedRun> {
  const loadLab = await openLabLoader();
  for await (const found of findBundles([fileURLToPath(new URL(lab, EXAMPLES))])) {
    const judged = "refused" in found ? found : await judgeBundle(found, loadLab);
    if (isRefusal(judged)) throw new Error(`example ${lab}: ${judged.refused}`);
    const { claims, verdict, lines, environment } = judged;
    return comparedRun({ claims, verdict, lines, sysctls: environment?.sysctls?.namespace });
  }
  throw new Error(`example ${lab}: no run is there`);
}

/** The same run with other lines, judged by them. */
export const judgedAnew = (run: ComparedRun, lines: readonly TimelineLine[]): ComparedRun =>
  comparedRun({ ...run, lines, verdict: verdictDocumentOf(run.claims, lines, run.verdict.run.evidence) });

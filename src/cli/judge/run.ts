// Judges what others recorded, from timeline.jsonl and capture.pcapng alone. Loads no koffi: it runs on an instructor's Mac.

import { EvidenceError } from "../../evidence/timeline-file.ts";
import { UsageError } from "../../fault.ts";
import { type Found, findBundles } from "../../handed-in/bundle/find-bundles.ts";
import {
  exitOf,
  isRefusal,
  type Judged,
  type JudgedEvidence,
  judgeBundle,
  type LabLoader,
  type Refusal,
} from "../../handed-in/judge-bundle.ts";
import { Fingerprints } from "../../handed-in/shared-evidence.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import { worstStatus } from "../../verdict/summary.ts";
import { findLab } from "../find-lab.ts";
import { openLabLoader } from "../lab-loader.ts";
import { type GradeOutputs, openOutputs, print } from "./grade-outputs.ts";
import { judgeAll } from "./judge-all.ts";

export interface JudgeOptions extends GradeOutputs {
  /** A lab file of the instructor's own, whose runs are judged too. */
  readonly lab?: string;
  /** The answers to the lab sheet's questions, in the table's stead. */
  readonly key: boolean;
  readonly quiet: boolean;
}

/** The worst status of what was found; one that is no run does not keep the rest from being judged. */
export async function judgePaths(paths: readonly string[], options: JudgeOptions): Promise<number> {
  if (paths.length === 0) throw new UsageError("judge: nothing to judge: name a folder of a run, or a .zip of one");
  const loadLab = await openLabLoader(options.lab);
  if (options.key) return printKeys(paths, loadLab);
  const outputs = await openOutputs(options, loadLab);
  const fingerprints = new Fingerprints();
  let worst = 0;
  let count = 0;
  for await (const outcome of judgeAll(findBundles(paths), loadLab, options.lab)) {
    const { judged } = outcome;
    if ("fingers" in outcome) fingerprints.add(outcome.judged, outcome.fingers);
    await outputs.add(judged);
    worst = worstStatus([worst, exitOf(judged)]);
    renderProgress(++count, judged, options);
  }
  await outputs.end(fingerprints.sharing());
  return worst;
}

/** The answers to the lab sheet's questions, from each run; they need the evidence itself. */
async function printKeys(paths: readonly string[], loadLab: LabLoader): Promise<number> {
  const { keyOf } = await import("./answer-key.ts");
  let worst = 0;
  for await (const found of findBundles(paths)) {
    const judged = await judgeFound(found, loadLab);
    worst = worstStatus([worst, exitOf(judged)]);
    await print(keyOf(judged));
  }
  return worst;
}

/** One run judged anew from its files. Throws an EvidenceError where it cannot be. */
export async function judgeFolder(folder: string): Promise<JudgedEvidence> {
  for await (const found of findBundles([folder])) {
    const judged = await judgeFound(found, await openLabLoader());
    if (isRefusal(judged)) throw new EvidenceError(`${judged.name}: ${judged.refused}`);
    return judged;
  }
  throw new EvidenceError(`${folder}: holds no run`);
}

const judgeFound = async (found: Found, loadLab: LabLoader): Promise<JudgedEvidence | Refusal> =>
  "refused" in found ? found : judgeBundle(found, loadLab);

/** A rubric to begin with: a point for every claim of the lab as it is here. */
export async function printRubric(name: string): Promise<number> {
  const [lab, { claimSetOf }] = await Promise.all([findLab(name), import("../../handed-in/grade/claim-set.ts")]);
  const claims = claimsOf(lab);
  const points = Object.fromEntries(claims.map(({ id }) => [id.slice(lab.id.length + 1), 1]));
  const own = { claimSet: claimSetOf(claims), each: 1, claims: points, leaveOut: [] };
  process.stdout.write(`${JSON.stringify({ rubricVersion: 1, labs: { [lab.id]: own } }, null, 2)}\n`);
  return 0;
}

const PROGRESS_FROM = 20;

/** One line that is written over, for a person who waits for a class. */
function renderProgress(count: number, { name }: Judged, { quiet }: JudgeOptions): void {
  if (quiet || process.stderr.isTTY !== true || count < PROGRESS_FROM) return;
  process.stderr.write(`\r\u001b[K${count} judged: ${name.replaceAll(/[^\x20-\x7e]/g, "?").slice(-50)}`);
  if (count % PROGRESS_FROM === 0) process.stderr.write("\r\u001b[K");
}

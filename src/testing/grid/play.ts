// Plays one row of the grid as a person would, by the command line.

import { delimiter } from "node:path";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { LAUNCHER, runCommand, temporaryFolder } from "../lab-process.ts";
import { quickWords } from "../quick-words.ts";
import { type Combination, sysctlsOf } from "./combination.ts";
import { fetchTool } from "./debian-tools.ts";

/** Milliseconds; for a lab on a machine that is busy with other things. */
const TIME_LIMIT = 900_000;
const ONE_PROCESSOR = ["taskset", "-c", "0"];

export interface Played {
  /** Undefined where there was none; `fault` then says why. */
  readonly verdict?: VerdictDocument;
  readonly fault?: string;
}

/** Throws the signal's reason when it was aborted meanwhile; nothing is left behind. */
export async function play(combination: Combination, quick: boolean, signal: AbortSignal): Promise<Played> {
  const { lab, levels } = combination;
  using out = temporaryFolder();
  const asked = Object.entries(sysctlsOf(combination)).flatMap(([name, value]) => ["--sysctl", `${name}=${value}`]);
  const words = [lab, "--json", "--out", out.path, ...(quick ? await quickWords(lab) : []), ...asked];
  const bound = levels.some(({ oneProcessor }) => oneProcessor === true) ? ONE_PROCESSOR : [];
  const [command = "", ...rest] = [...bound, process.execPath, LAUNCHER, ...words];
  const environment = { PATH: pathFor(combination) };
  const { status, stdout, stderr } = await runCommand(command, rest, environment, { timeLimit: TIME_LIMIT, signal });
  signal.throwIfAborted();
  if (status === null || status > 2) return { fault: `status ${status}: ${stderr.trim()}` };
  return { verdict: JSON.parse(stdout) as VerdictDocument };
}

function pathFor({ levels }: Combination): string {
  const folders = levels.flatMap(({ tool }) => {
    if (tool === undefined) return [];
    const fetched = fetchTool(tool);
    return "path" in fetched ? [fetched.path] : [];
  });
  return [...folders, process.env.PATH ?? ""].join(delimiter);
}

// A class judged in one call: how many runs a second, and whether memory grows with the class.

import { spawnSync } from "node:child_process";
import { linkSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { EVIDENCE_FILES, FURTHER_FILES } from "../handed-in/bundle/bundle.ts";
import { LAUNCHER, runLabProcess, temporaryFolder, whyNoNamespace } from "../testing/lab-process.ts";
import type { Write } from "./figure.ts";

const LABS = ["close", "handshake"] as const;
const CLASSES = [100, 1000] as const;
/** Runs a second, of a class of a thousand. */
const AIM = 50;
/** Said at the end by the process itself; KiB, getrusage(2). */
const TELLS_MEMORY =
  'data:text/javascript,process.on("exit",()=>process.stderr.write("KiB "+process.resourceUsage().maxRSS))';

export async function measure(write: Write): Promise<void> {
  const missing = await whyNoNamespace();
  if (missing !== undefined) return write(`cannot be measured here: ${missing}`);
  for (const lab of LABS) await measureLab(lab, write);
}

async function measureLab(lab: string, write: Write): Promise<void> {
  using folder = temporaryFolder();
  await runLabProcess(lab, folder.path);
  const run = join(folder.path, lab, readdirSync(join(folder.path, lab))[0] ?? "");
  for (const size of CLASSES) {
    const { seconds, mebibytes } = judgeClass(classOf(size, run, join(folder.path, `class-${size}`)));
    const aim = size === CLASSES.at(-1) ? ` (aim: ${AIM})` : "";
    write(
      `${size} runs of lab:${lab}: ${seconds.toFixed(1)} s, ${(size / seconds).toFixed(0)} a second${aim}; at most ${mebibytes.toFixed(0)} MiB`,
    );
  }
}

/** So many folders with the same run, which takes its place on the disk once. */
function classOf(size: number, run: string, folder: string): string {
  for (let student = 1; student <= size; student++) {
    const own = join(folder, `student-${student}`);
    mkdirSync(own, { recursive: true });
    for (const file of [...EVIDENCE_FILES, ...FURTHER_FILES]) linkSync(join(run, file), join(own, file));
  }
  return folder;
}

function judgeClass(folder: string): { readonly seconds: number; readonly mebibytes: number } {
  const start = performance.now();
  const words = ["--import", TELLS_MEMORY, LAUNCHER, "judge", "--quiet", "--csv", join(folder, "grades.csv"), folder];
  const { status, stderr } = spawnSync(process.execPath, words, { encoding: "utf8", maxBuffer: 1 << 28 });
  const [, kibibytes] = /KiB (\d+)$/.exec(stderr) ?? [];
  if (status !== 0 || kibibytes === undefined) throw new Error(`bench: judging ${folder}: status ${status}: ${stderr}`);
  return { seconds: (performance.now() - start) / 1000, mebibytes: Number(kibibytes) / 1024 };
}

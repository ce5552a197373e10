// `lab:all`: every lab in a process of its own, one after the other, while those that wait for TIME_WAIT's minute run beside them.

import { spawn } from "node:child_process";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Scene } from "../lab/scene.ts";
import { waitsAMinute } from "../lab/scene-claims.ts";
// Loaded before anything is played: Ctrl-C also ends the process that compiles.
import { indexPage } from "../report/html/index-page.tsx";
import { drawLabTable, type LabRow } from "../report/terminal/lab-table.ts";
import type { VerdictDocument } from "../verdict/document-schema.ts";
import { worstStatus } from "../verdict/summary.ts";
import { findLab, labNames } from "./find-lab.ts";
import { findRuns } from "./find-runs.ts";
import { makeWritable, writeIndex } from "./run/results.ts";
import { styleOfTerminal } from "./style-of-terminal.ts";

const LAUNCHER = fileURLToPath(new URL("../launch.mjs", import.meta.url));
const OPEN = 2;
const FAULT = 3;

export interface AllOptions {
  readonly out: string;
  readonly quiet: boolean;
  /** Handed on to every lab. */
  readonly words: readonly string[];
}

/** The worst status of the labs. */
export async function runAll(options: AllOptions): Promise<number> {
  makeWritable(options.out);
  const tell = (row: LabRow) => {
    if (!options.quiet) process.stderr.write(`${clearLine()}${row.lab}: ${formatOutcome(row)}\n`);
    return row;
  };
  const children = new Set<ReturnType<typeof spawn>>();
  const runOne = async (lab: string, shown: boolean) => tell(await runLabApart(lab, shown, options, children));
  using signals = waitForChildren(children);
  const beside: Promise<LabRow>[] = [];
  const short: string[] = [];
  for (const name of labNames()) {
    const { scenes } = await findLab(name);
    if (scenes.some(waitsAMinute)) beside.push(runOne(name, scenes.some(isWatched)));
    else short.push(name);
  }
  const rows: LabRow[] = [];
  for (const name of short) rows.push(signals.came ? notPlayed(name) : await runOne(name, false));
  rows.push(...(await Promise.all(beside)));
  const told = rows.map((row) => (signals.came ? interrupted(row) : row)).sort((a, b) => a.lab.localeCompare(b.lab));
  const index = writeIndex(options.out, indexPage(findRuns(options.out)));
  if (!options.quiet) process.stdout.write(`${drawLabTable(told, styleOfTerminal())}\nall runs: ${index}\n`);
  return worstStatus(told.map(({ status }) => status));
}

const notPlayed = (lab: string): LabRow => ({ lab, status: OPEN, seconds: 0 });

/** No verdict is no fault then: the lab was called off before there was anything to tell. */
const interrupted = (row: LabRow): LabRow => (row.verdict === undefined ? { ...row, status: OPEN } : row);

const isWatched = ({ mode }: Scene): boolean => mode === "population";

/** `shown`: a person is to see how it gets on. */
function runLabApart(
  lab: string,
  shown: boolean,
  { out, quiet, words }: AllOptions,
  children: Set<ReturnType<typeof spawn>>,
): Promise<LabRow> {
  const begun = performance.now();
  const own = shown && !quiet ? [] : ["--quiet"];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [LAUNCHER, lab, "--json", "--out", out, ...own, ...words], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.add(child);
    let printed = "";
    child.stdout.on("data", (text) => {
      printed += text;
    });
    const ended = (status: number | null) => {
      children.delete(child);
      const verdict = readVerdict(printed);
      resolve({
        lab,
        status: verdict === undefined ? FAULT : (status ?? FAULT),
        seconds: (performance.now() - begun) / 1000,
        ...(verdict !== undefined && { verdict, folder: relative("", join(out, lab, verdict.run.id)) }),
      });
    };
    child.once("error", () => ended(null));
    child.once("close", ended);
  });
}

function readVerdict(printed: string): VerdictDocument | undefined {
  try {
    return JSON.parse(printed) as VerdictDocument;
  } catch {
    return undefined;
  }
}

const formatOutcome = ({ status, seconds, verdict }: LabRow): string => {
  const time = `${seconds.toFixed(1)} s`;
  return verdict === undefined ? `no verdict, ${time}` : `status ${status}, ${verdict.claims.length} claims, ${time}`;
};

const clearLine = (): string => (process.stderr.isTTY ? "\r\u001b[K" : "");

/** Ctrl-C reaches the children by themselves: each writes what it has, and is waited for; no other is started. */
function waitForChildren(children: ReadonlySet<ReturnType<typeof spawn>>): Disposable & { readonly came: boolean } {
  let came = false;
  const patient = () => {
    came = true;
  };
  const handOn = (signal: NodeJS.Signals) => {
    came = true;
    for (const child of children) child.kill(signal);
  };
  process.on("SIGINT", patient).on("SIGTERM", handOn).on("SIGHUP", handOn);
  return {
    get came() {
      return came;
    },
    [Symbol.dispose]() {
      process.off("SIGINT", patient).off("SIGTERM", handOn).off("SIGHUP", handOn);
    },
  };
}

// The folder that a run leaves: written beside its place and moved there when complete, so that a folder that exists is whole.

import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { HarnessError, UsageError } from "../../fault.ts";
import { isAlive } from "../../kernel/process.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** "2026-11-23T08-15-30Z-3fa9c1": UTC, to be sorted by name. */
export function newRunId(startedAt: Date): string {
  const time = startedAt
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  return `${time}-${randomBytes(3).toString("hex")}`;
}

const UNFINISHED = ".unfinished-";

/** Makes the lab's folder in `out` and makes sure that it can be written, before anything is played. */
export function prepareResults(out: string, lab: string): string {
  const folder = join(out, lab);
  makeWritable(folder);
  sweep(folder);
  return folder;
}

/** Throws a UsageError where there can be no such folder, or nothing be written to it. */
export function makeWritable(folder: string): void {
  try {
    makeFolder(resolve(folder));
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UsageError(`results: writing to ${folder}: ${reasonOf(error)}: choose another folder with --out DIR`);
  }
}

/** Level by level: Node's own recursive mkdir() never returns below /proc, and tells ENOENT of a read-only file system. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  mkdirSync(folder);
}

/** Removes what a killed run left half-written. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid] = name.startsWith(UNFINISHED) ? name.slice(UNFINISHED.length).split("@") : [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** All files or none. Returns the run's folder. */
export const writeResults = (folder: string, runId: string, files: Files): string =>
  writeWhole(folder, runId, (unfinished) => {
    mkdirSync(unfinished);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(unfinished, name), content);
  });

/** The page that links all runs in `out`, whole or as it was before. Returns its path. */
export const writeIndex = (out: string, page: string): string =>
  writeWhole(out, "index.html", (unfinished) => writeFileSync(unfinished, page));

function writeWhole(folder: string, name: string, write: (unfinished: string) => void): string {
  const unfinished = join(folder, `${UNFINISHED}${name}@${process.pid}`);
  const whole = join(folder, name);
  try {
    write(unfinished);
    renameSync(unfinished, whole);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new HarnessError(
      `results: writing ${whole}: ${reasonOf(error)}: make room or choose another folder with --out DIR`,
    );
  }
  return whole;
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

// Finds the runs in what is to be judged: a run's folder, an archive, or a folder with many of either, one after the other.

import { lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, BundleError } from "./bundle.ts";
import { readFolderBundle } from "./folder-bundle.ts";
import { readZipBundles } from "./zip-bundle.ts";

/** A run, or why what stood in its place is none. */
export type Found = Bundle | { readonly name: string; readonly refused: string };

/** class/student/lab/run is three below what was named. */
const DEPTH = 4;
const ENTRY_LIMIT = 100_000;

/** Never throws: whatever is wrong with one of them is said in its place. `paths`: as a person named them. */
export async function* findBundles(paths: readonly string[]): AsyncGenerator<Found> {
  for (const path of paths) {
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind === undefined) yield { name: path, refused: "no such folder or file" };
    else if (kind.isDirectory()) yield* search(path, DEPTH, "named");
    else yield* attempt(path, () => readZipBundles(path));
  }
}

/** `whose`: what was named, or a student's folder in it; where such a one holds no run, that is told. */
async function* search(folder: string, depth: number, whose: "named" | "student's" | undefined): AsyncGenerator<Found> {
  let names: readonly string[];
  try {
    names = readdirSync(folder).sort();
  } catch (error) {
    yield { name: folder, refused: `the folder cannot be read: ${(error as NodeJS.ErrnoException).code}` };
    return;
  }
  if (names.length > ENTRY_LIMIT) {
    yield { name: folder, refused: `the folder has ${names.length} entries; at most ${ENTRY_LIMIT} are looked at` };
    return;
  }
  if (names.includes("timeline.jsonl") || names.includes("capture.pcapng")) {
    yield* attempt(folder, async function* () {
      yield readFolderBundle(folder);
    });
    return;
  }
  let found = false;
  for (const name of names)
    for await (const one of enter(join(folder, name), depth)) {
      found = true;
      yield one;
    }
  // An empty one was not handed in: labs that are left at once leave such a folder.
  const isTold = whose === "named" || (whose === "student's" && names.some((name) => !name.startsWith(".")));
  if (!found && isTold)
    yield { name: folder, refused: "no run is in it: a run is a folder with timeline.jsonl, or a .zip of one" };
}

/** What stands in a folder was put there by others: links are not followed, and what is hidden is not looked at. */
async function* enter(path: string, depth: number): AsyncGenerator<Found> {
  const kind = lstatSync(path, { throwIfNoEntry: false });
  const hidden = /[\\/]\.[^\\/]*$/.test(path);
  if (kind === undefined || hidden) return;
  if (kind.isSymbolicLink()) yield { name: path, refused: "a symbolic link; links are not followed" };
  else if (kind.isFile() && /\.zip$/i.test(path)) yield* attempt(path, () => readZipBundles(path));
  else if (kind.isDirectory() && depth > 0) yield* search(path, depth - 1, depth === DEPTH ? "student's" : undefined);
}

async function* attempt(name: string, read: () => AsyncIterable<Bundle>): AsyncGenerator<Found> {
  try {
    yield* read();
  } catch (error) {
    if (!(error instanceof BundleError)) throw error;
    yield { name, refused: error.message };
  }
}

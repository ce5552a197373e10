// Reads the files of a run from its folder: regular files alone, never through a link, never more than the limit.

import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import { type Bundle, BundleError, type BundleFile, bundleOf, LARGEST, refuseLarge } from "./bundle.ts";

/** Linux and macOS refuse a link or a pipe while opening; Windows, which has neither flag, was asked by lstat before. */
const CAREFULLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function readFolderBundle(folder: string): Bundle {
  const files: Partial<Record<BundleFile, Buffer>> = {};
  for (const name of Object.keys(LARGEST) as BundleFile[]) {
    const content = readRegularFile(join(folder, name), name);
    if (content !== undefined) files[name] = content;
  }
  return bundleOf(folder, files);
}

/** Undefined where there is none. */
function readRegularFile(path: string, name: BundleFile): Buffer | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (found.isSymbolicLink()) throw new BundleError(`${name} is a symbolic link; links are not followed`);
  if (!found.isFile()) throw new BundleError(`${name} is no regular file`);
  refuseLarge(name, found.size);
  try {
    return readAll(path, name);
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw new BundleError(`${name} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function readAll(path: string, name: BundleFile): Buffer {
  const descriptor = openSync(path, CAREFULLY);
  try {
    const { size } = fstatSync(descriptor);
    refuseLarge(name, size);
    const content = Buffer.allocUnsafe(size);
    let at = 0;
    while (at < size) {
      const count = readSync(descriptor, content, at, size - at, at);
      if (count === 0) break;
      at += count;
    }
    return content.subarray(0, at);
  } finally {
    closeSync(descriptor);
  }
}

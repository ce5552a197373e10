// Reads runs out of a .zip that somebody sent: in memory, nothing is ever written, and no more is inflated than a run can have.

import { dirname } from "node:path/posix";
import type { Readable } from "node:stream";
import { type Entry, openPromise, type ZipFile } from "yauzl";
import { type Bundle, BundleError, type BundleFile, bundleOf, isBundleFile, LARGEST, refuseLarge } from "./bundle.ts";

/** A run has about six files, and a student hands in a run of each lab. */
const ENTRY_LIMIT = 2000;
const RUN_LIMIT = 50;
/** Octets of all that is inflated for one archive. */
const TOTAL_LIMIT = 256 << 20;
/** Characters of a name that a message quotes; whoever prints it makes it printable. */
const QUOTED = 60;

/** The archive's host system wrote Unix modes there (APPNOTE §4.4.2, §4.4.15); linux/stat.h. */
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;

type Found = Map<string, Map<BundleFile, Entry>>;

/** Every run of the archive, one in memory at a time. Throws a BundleError on anything that is not as it should be. */
export async function* readZipBundles(path: string): AsyncGenerator<Bundle> {
  const zip = await open(path);
  try {
    const runs = await findRuns(zip);
    if (runs.size === 0) throw new BundleError("the archive holds no run: no timeline.jsonl is in it");
    if (runs.size > RUN_LIMIT)
      throw new BundleError(`the archive holds ${runs.size} runs; at most ${RUN_LIMIT} are read`);
    const budget = { left: TOTAL_LIMIT };
    for (const [folder, entries] of runs) {
      const files: Partial<Record<BundleFile, Buffer>> = {};
      for (const [name, entry] of entries) files[name] = await inflate(zip, entry, name, budget);
      yield bundleOf(folder === "." ? path : `${path}:${folder}`, files);
    }
  } finally {
    zip.close();
  }
}

async function open(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { autoClose: false, lazyEntries: true, strictFileNames: true });
  } catch (error) {
    throw new BundleError(`not a zip archive that can be read: ${wordsOf(error)}`);
  }
}

/** Looks at every entry before any is inflated. */
async function findRuns(zip: ZipFile): Promise<Found> {
  if (zip.entryCount > ENTRY_LIMIT)
    throw new BundleError(`the archive has ${zip.entryCount} entries; at most ${ENTRY_LIMIT} are looked at`);
  const folders: Found = new Map();
  try {
    for await (const entry of zip.eachEntry()) {
      refuseHarm(entry);
      const folder = dirname(entry.fileName);
      const name = entry.fileName.slice(entry.fileName.lastIndexOf("/") + 1);
      if (isBundleFile(name)) note(folders, folder, name, entry);
    }
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw new BundleError(`the archive is refused: ${wordsOf(error)}`);
  }
  return new Map([...folders].filter(([, files]) => files.has("timeline.jsonl")));
}

function refuseHarm(entry: Entry): void {
  const name = entry.fileName.slice(0, QUOTED);
  if (((entry.externalFileAttributes >>> 16) & FILE_TYPE) === SYMBOLIC_LINK)
    throw new BundleError(`the archive has a symbolic link in it: "${name}"`);
  if (entry.isEncrypted()) throw new BundleError(`the archive is encrypted: "${name}"`);
}

function note(folders: Found, folder: string, name: BundleFile, entry: Entry): void {
  refuseLarge(name, entry.uncompressedSize);
  const files = folders.get(folder) ?? new Map<BundleFile, Entry>();
  if (files.has(name)) throw new BundleError(`the archive has ${name} twice in one folder`);
  folders.set(folder, files.set(name, entry));
}

async function inflate(zip: ZipFile, entry: Entry, name: BundleFile, budget: { left: number }): Promise<Buffer> {
  const parts: Buffer[] = [];
  let octets = 0;
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry);
    for await (const part of stream as AsyncIterable<Buffer>) {
      octets += part.length;
      budget.left -= part.length;
      // The directory's word for the size was looked at before; this is what really comes out.
      if (octets > LARGEST[name]) throw new BundleError(`${name} inflates to more than ${LARGEST[name]} octets`);
      if (budget.left < 0) throw new BundleError(`the archive inflates to more than ${TOTAL_LIMIT} octets`);
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof BundleError) throw error;
    throw new BundleError(`${name} cannot be inflated: ${wordsOf(error)}`);
  }
  return Buffer.concat(parts, octets);
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200);

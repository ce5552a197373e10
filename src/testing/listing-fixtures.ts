// Finds saved listings: our own captures, of which the project keeps a selection, and other projects' samples, which it may not keep.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const KEPT = fileURLToPath(new URL("../dialect/fixtures/captured/", import.meta.url));
/** Beside the project, on the machines of those who work on it. */
const SHARED = fileURLToPath(new URL("../../../shared/fixtures/", import.meta.url));

export interface ListingFixture {
  /** Folder and file, as in "ss-v6.12.0/tano.out". */
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Captured {
  readonly folder: string;
  /** Why it is the selection only; undefined when all are there. */
  readonly reason: string | undefined;
  readonly listings: readonly ListingFixture[];
}

/** All captured listings where they are at hand, else the selection that the project keeps. */
export function capturedListings(): Captured {
  const all = join(SHARED, "captured");
  const folder = existsSync(all) ? all : KEPT;
  const reason = folder === KEPT ? "only the kept selection: ../shared/fixtures/captured is not here" : undefined;
  return { folder, reason, listings: listingsIn(folder) };
}

export const keptListings = (): readonly ListingFixture[] => listingsIn(KEPT);

/** Other projects' samples; undefined where they are not at hand. */
export function publicListings(): readonly ListingFixture[] | undefined {
  const folder = join(SHARED, "public");
  return existsSync(folder) ? listingsIn(folder) : undefined;
}

function listingsIn(folder: string): readonly ListingFixture[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => `${name}/${file}`))
    .filter((name) => name.endsWith(".out"))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

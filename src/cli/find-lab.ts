// Which labs there are, and how one is loaded by its name or by a path of the user's own.

import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { closest } from "../closest.ts";
import { LabError, UsageError } from "../fault.ts";
import type { Lab } from "../lab/scene.ts";

const LABS = fileURLToPath(new URL("../../labs/", import.meta.url));

/** By its place, and not compiled with us: register() loads it once more, on the thread of the hooks. */
const RESOLVER = new URL("resolve-own-lab.mjs", import.meta.url).href;

/** A lab is a folder with a lab.ts in it, and is called as the folder is. */
export const labNames = (): readonly string[] =>
  readdirSync(LABS)
    .filter((name) => existsSync(join(LABS, name, "lab.ts")))
    .sort();

/** `name`: a lab of this project, or the path of a lab file. */
export async function findLab(name: string): Promise<Lab> {
  const module: { readonly default?: unknown } = await (isPath(name) ? importOwn(name) : importKnown(name));
  const lab = module.default;
  if (!isLab(lab))
    throw new LabError(`lab: ${name}: its default export is not a lab: write "export default lab({ ... })"`);
  return lab;
}

const isPath = (name: string): boolean => name.endsWith(".ts") || name.includes("/");

async function importOwn(name: string) {
  const path = resolve(name);
  if (!existsSync(path)) throw new UsageError(`lab: ${name}: no such file`);
  const { href: url } = pathToFileURL(path);
  const { resolveOwnLab } = await import(RESOLVER);
  resolveOwnLab(url);
  return import(url);
}

function importKnown(name: string) {
  const names = labNames();
  // Spelled so that compile.mjs finds the labs among the sources.
  if (names.includes(name)) return import(`../../labs/${name}/lab.ts`);
  const nearest = closest(name, names);
  const hint = nearest === undefined ? `the labs are ${names.join(", ")}` : `did you mean "${nearest}"?`;
  throw new UsageError(`lab: "${name}": no such lab: ${hint}`);
}

const isLab = (value: unknown): value is Lab =>
  typeof value === "object" && value !== null && "id" in value && "scenes" in value && Array.isArray(value.scenes);

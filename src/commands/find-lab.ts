// Which labs there are, and how one is loaded by its name or by a path of the user's own.

import { existsSync, readdirSync } from "node:fs";
import { register } from "node:module";
import { basename, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { closest } from "../closest.ts";
import { LabError, UsageError } from "../fault.ts";
import type { Lab } from "../lab.ts";

const LABS = fileURLToPath(new URL("../../labs/", import.meta.url));

export const labNames = (): readonly string[] =>
  readdirSync(LABS, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".test.ts"))
    .map(({ name }) => basename(name, ".ts"))
    .sort();

/** `name`: a lab of this project, or the path of a lab file. */
export async function findLab(name: string): Promise<Lab> {
  const { href: url } = pathToFileURL(fileOf(name));
  if (isPath(name)) register(new URL("resolve-own-lab.mjs", import.meta.url), { data: { url } });
  const module: { readonly default?: unknown } = await import(url);
  const lab = module.default;
  if (!isLab(lab))
    throw new LabError(`lab: ${name}: its default export is not a lab: write "export default lab({ ... })"`);
  return lab;
}

const isPath = (name: string): boolean => name.endsWith(".ts") || name.includes("/");

function fileOf(name: string): string {
  if (isPath(name)) {
    const path = resolve(name);
    if (existsSync(path)) return path;
    throw new UsageError(`lab: ${name}: no such file`);
  }
  const names = labNames();
  if (names.includes(name)) return resolve(LABS, `${name}.ts`);
  const nearest = closest(name, names);
  const hint = nearest === undefined ? `the labs are ${names.join(", ")}` : `did you mean "${nearest}"?`;
  throw new UsageError(`lab: "${name}": no such lab: ${hint}`);
}

const isLab = (value: unknown): value is Lab =>
  typeof value === "object" && value !== null && "id" in value && "scenes" in value && Array.isArray(value.scenes);

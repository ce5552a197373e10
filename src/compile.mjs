// The project's sources in few files of JavaScript, below node_modules/.cache: made by the first command after any of them changed, by the same esbuild that tsx compiles with.

import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BEGINNINGS } from "./load.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/tcp-loopback-lab");
/** Says of which sources the newest is made. */
const MANIFEST = join(CACHE, "manifest.json");
/** What decides beside the sources; of a folder, whether something came or went. */
const DECIDING = ["labs", ...labFolders(), "package.json", "package-lock.json", "tsconfig.json"];
/** Dependencies that keep their own files: koffi has a binary, tsx is asked for by its place. */
const AS_THEY_ARE = ["koffi", "tsx"];
/** A run that began before a change still loads from what was compiled before it. */
const KEPT_MS = 24 * 3600 * 1000;

/** The folder, as a URL, in which each of BEGINNINGS lies under its path. Rejects with what esbuild or the file system says. */
export async function compiledSources() {
  const folder = foundIn(readManifest()) ?? (await compileAll());
  return pathToFileURL(`${folder}/`);
}

function labFolders() {
  const entries = readdirSync(join(ROOT, "labs"), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => `labs/${name}`);
}

function readManifest() {
  try {
    return JSON.parse(readFileSync(MANIFEST, "utf8"));
  } catch {
    return undefined;
  }
}

/** The folder, if nothing has changed since: by sizes and times, as make(1) goes. */
function foundIn(manifest) {
  if (manifest?.root !== ROOT) return undefined;
  const isAsBefore = ([path, stamp]) => stampOf(path) === stamp;
  return Object.entries(manifest.sources).every(isAsBefore) ? manifest.folder : undefined;
}

function stampOf(path) {
  const { size, mtimeMs } = statSync(join(ROOT, path), { throwIfNoEntry: false }) ?? {};
  return `${size} ${mtimeMs}`;
}

/** Into a folder of its own: others may be compiling the same, or still loading from the one before. */
async function compileAll() {
  const folder = join(CACHE, randomUUID());
  const startedAt = Date.now();
  try {
    mkdirSync(folder, { recursive: true });
    const sources = [...DECIDING, ...(await compileInto(folder))];
    if (sources.some((path) => statSync(join(ROOT, path)).mtimeMs >= startedAt))
      throw new Error("a source was changed while it was compiled");
    const stamps = Object.fromEntries(sources.map((path) => [path, stampOf(path)]));
    writeFileSync(`${folder}/manifest.json`, JSON.stringify({ root: ROOT, folder, sources: stamps }));
    renameSync(`${folder}/manifest.json`, MANIFEST);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  forgetOld();
  return folder;
}

/** Resolves to the sources that were read, by their paths in the project. */
async function compileInto(outdir) {
  const { build, stop } = await import("esbuild");
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: Object.values(BEGINNINGS).map((path) => `src/${path}`),
    outbase: ".",
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    // A module that is loaded where it is used stays in a file of its own.
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: [...AS_THEY_ARE, ...Object.keys(devDependencies)],
    // Some dependencies are CommonJS, and ask for Node's own modules by require().
    banner: { js: 'import * as $module from "node:module"; const require = $module.createRequire(import.meta.url);' },
    plugins: [{ name: "stay in place", setup: stayInPlace }],
    metafile: true,
    logLevel: "silent",
  });
  await stop();
  return Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
}

/** Files that a module reads from beside itself, it still finds. Tests lie beside the labs, and are none. */
function stayInPlace({ onLoad }) {
  onLoad({ filter: /\.test\.ts$/ }, () => ({ contents: "" }));
  onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
    const text = await readFile(path, "utf8");
    const contents = text.replaceAll("import.meta.url", JSON.stringify(pathToFileURL(path).href));
    return { contents, loader: path.endsWith("x") ? "tsx" : "ts" };
  });
}

function forgetOld() {
  for (const name of readdirSync(CACHE)) {
    const { mtimeMs } = statSync(join(CACHE, name), { throwIfNoEntry: false }) ?? {};
    if (Date.now() - mtimeMs > KEPT_MS) rmSync(join(CACHE, name), { recursive: true, force: true });
  }
}

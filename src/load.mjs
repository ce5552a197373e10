// How a module of this project is loaded: compiled ahead, or one by one through tsx's loader, which takes longer than playing a lab. Plain JavaScript, since it comes before any reader of TypeScript.

/** Set: the sources are loaded as they are. A lab of the user's own imports them, and each must be there once only. */
const AS_THEY_ARE = "TCP_LAB_UNCOMPILED";

/** What is loaded by its path in src; all else is found from there. */
export const BEGINNINGS = {
  commandLine: "cli/command-line.ts",
  run: "cli/run/run.ts",
  judgeWorker: "cli/judge/worker.ts",
};

/** Loads one of BEGINNINGS. */
export async function loader() {
  const folder = process.env[AS_THEY_ARE] ? undefined : await compiled();
  if (folder !== undefined) return (path) => import(new URL(`src/${path.replace(/\.ts$/, ".mjs")}`, folder).href);
  await import("./typescript.mjs");
  return (path) => import(new URL(path, import.meta.url).href);
}

/** Undefined where it cannot be had: a source that does not compile is told of by tsx, with its line. */
async function compiled() {
  try {
    const { compiledSources } = await import("./compile.mjs");
    return await compiledSources();
  } catch {
    return undefined;
  }
}

// A resolver for lab files outside the project (Node's module hooks): "tcp-loopback-lab" is src/lab/lab.ts, and the file itself, with what it imports beside it, is a module whatever package.json lies around it.

import * as module from "node:module";

const LAB = new URL("../lab/lab.ts", import.meta.url).href;

/** The lab file, and the TypeScript files that it leads to. */
const own = new Set();

/** `url`: of the lab file. Node 26 warns of register(), and Node 20 knows no other. */
export function resolveOwnLab(url) {
  if (module.registerHooks === undefined) return module.register(import.meta.url, { data: { url } });
  initialize({ url });
  module.registerHooks({ resolve });
}

export function initialize({ url }) {
  own.add(url);
}

/** Called for an answer at once by registerHooks(), for a promise of one by register(). */
export function resolve(specifier, context, next) {
  if (specifier === "tcp-loopback-lab") return { url: LAB, format: "module", shortCircuit: true };
  const asModule = (resolved) => {
    if (own.has(context.parentURL) && /^(\.{1,2}\/|file:).*\.ts$/.test(specifier)) own.add(resolved.url);
    return own.has(resolved.url) ? { ...resolved, format: "module" } : resolved;
  };
  const found = next(specifier, context);
  return found instanceof Promise ? found.then(asModule) : asModule(found);
}

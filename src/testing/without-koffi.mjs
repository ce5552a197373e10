// Preloaded by tests (node --import): the module koffi cannot be found, as on a machine that it has no build for. In plain JavaScript, since it comes before the TypeScript loader.

import { register } from "node:module";

const HOOKS = `export async function resolve(specifier, context, next) {
  if (specifier === "koffi" || specifier.startsWith("koffi/")) throw new Error("koffi is not on this machine");
  return next(specifier, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);

// A resolver for lab files outside the project (module.register, Node's module hooks): "tcp-loopback-lab" is src/lab.ts, and the file itself, with what it imports beside it, is a module whatever package.json lies around it.

const LAB = new URL("../lab.ts", import.meta.url).href;

/** The lab file, and the TypeScript files that it leads to. */
const own = new Set();

export function initialize(data) {
  own.add(data.url);
}

export async function resolve(specifier, context, next) {
  if (specifier === "tcp-loopback-lab") return { url: LAB, shortCircuit: true };
  const resolved = await next(specifier, context);
  if (own.has(context.parentURL) && /^(\.{1,2}\/|file:).*\.ts$/.test(specifier)) own.add(resolved.url);
  return own.has(resolved.url) ? { ...resolved, format: "module" } : resolved;
}

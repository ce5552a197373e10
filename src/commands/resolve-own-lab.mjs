// A resolver for lab files outside the project (module.register, Node's module hooks): "tcp-loopback-lab" is src/lab.ts, and the file itself is a module whatever package.json lies around it.

const LAB = new URL("../lab.ts", import.meta.url).href;

let ownLab;

export function initialize(data) {
  ownLab = data.url;
}

export async function resolve(specifier, context, next) {
  if (specifier === "tcp-loopback-lab") return { url: LAB, shortCircuit: true };
  const resolved = await next(specifier, context);
  return specifier === ownLab ? { ...resolved, format: "module" } : resolved;
}

// Whether a line below a row can belong to it: it must not say again what is known already.

import type { Extensions } from "./extensions.ts";

/** Adds what was found to what is known; undefined, or what stands against it. Then nothing is added. */
export function reasonAgainst(known: Extensions, found: Extensions): string | undefined {
  const twice = namesOf(found).find((name) => namesOf(known).includes(name));
  if (twice !== undefined) return `${twice} is known already, so its row is missing`;
  const { info, details, ...others } = found;
  Object.assign(known, others);
  if (info !== undefined) known.info = { ...known.info, ...info };
  if (details !== undefined) known.details = { ...known.details, ...details };
  return undefined;
}

const namesOf = ({ info, details, ...others }: Extensions): readonly string[] => [
  ...Object.keys(others),
  ...Object.keys(info ?? {}),
  ...Object.keys(details ?? {}),
];

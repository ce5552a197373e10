// Which version of a lab's claims this is: a word that changes when a claim is added, goes, or claims something else.

import { createHash } from "node:crypto";
import type { Claim } from "../../claims/claim.ts";

/** Characters of the digest: more than a course has versions. */
const LENGTH = 12;

/** A class has a thousand runs of the same claims. */
const KNOWN = new WeakMap<readonly Claim[], string>();

/** Wording, citation and order may change: what is claimed, what decides it and what is expected may not. */
export function claimSetOf(claims: readonly Claim[]): string {
  const known = KNOWN.get(claims);
  if (known !== undefined) return known;
  const facts = claims
    .map(({ id, documented, ask, expected }) => JSON.stringify([id, documented, ask, expected]))
    .sort();
  const word = createHash("sha256").update(facts.join("\n")).digest("hex").slice(0, LENGTH);
  KNOWN.set(claims, word);
  return word;
}

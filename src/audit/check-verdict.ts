// Whether verdict.json is about these very files, and comes to the verdicts that the evidence comes to.

import type { JudgedClaim, VerdictDocument } from "../verdict/document-schema.ts";
import { type Complaint, complaint } from "./complaint.ts";

export function checkVerdict(inside: VerdictDocument, derived: VerdictDocument): readonly Complaint[] {
  const told = new Map(inside.claims.map((claim) => [claim.id, claim]));
  const sameVersion = otherClaims(inside, derived) === undefined;
  const claims = derived.claims.flatMap((claim) => checkClaim(told.get(claim.id), claim, sameVersion));
  const sameExit = inside.exit === derived.exit || !sameVersion;
  return [
    ...checkRun(inside, derived),
    ...claims,
    ...(sameExit
      ? []
      : [complaint("verdict", `the exit status inside is ${inside.exit}, by the evidence ${derived.exit}`)]),
  ];
}

/** That the run was judged by another version of the lab's claims, in words: no fault of the run's. */
export function otherClaims(inside: VerdictDocument, derived: VerdictDocument): string | undefined {
  const [there, here] = [inside, derived].map(({ claims }) => new Set(claims.map(({ id }) => id)));
  const count = (some: Set<string> | undefined, others: Set<string> | undefined) =>
    [...(some ?? [])].filter((id) => !others?.has(id)).length;
  const [added, gone] = [count(here, there), count(there, here)];
  if (added + gone === 0) return undefined;
  return `verdict.json is of another version of this lab: ${added} of the claims here are not in it, ${gone} of its claims are not here`;
}

function checkRun({ run: inside }: VerdictDocument, { run: derived }: VerdictDocument): readonly Complaint[] {
  const words = ["id", "lab", "startedAt", "tool", "kernel", "student", "nonce"] as const;
  return [
    ...words
      .filter((word) => inside[word] !== derived[word])
      .map((word) =>
        complaint("verdict", `its run's ${word} is "${inside[word] ?? ""}", the timeline's "${derived[word] ?? ""}"`),
      ),
    ...(["timeline", "capture"] as const)
      .filter((file) => inside.evidence[file] !== derived.evidence[file])
      .map((file) =>
        complaint("verdict", `the digest of the ${file} is another: the file was changed after it was judged`),
      ),
  ];
}

/** What a reader would be deceived by; the order of witnesses and the wording may differ between versions. */
function checkClaim(inside: JudgedClaim | undefined, derived: JudgedClaim, closely: boolean): readonly Complaint[] {
  const { id } = derived;
  if (inside === undefined || JSON.stringify(inside.documented) !== JSON.stringify(derived.documented)) return [];
  if (format(inside) !== format(derived))
    return [complaint("verdict", `${id}: inside ${format(inside)}, by the evidence ${format(derived)}`)];
  if (!closely) return [];
  if (inside.form !== undefined && inside.form.id !== derived.form?.id)
    return [complaint("verdict", `${id}: the known form inside is not the one that the evidence shows`)];
  const others = (["expected", "witnesses", "evidence"] as const).filter(
    (field) => !isSame([inside[field]].flat(), [derived[field]].flat()),
  );
  return others.length === 0
    ? []
    : [
        complaint(
          "verdict",
          `${id}: ${others.join(", ")} inside ${others.length > 1 ? "are" : "is"} not what the evidence gives`,
        ),
      ];
}

/** In whatever order. */
const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(one.toSorted()) === JSON.stringify(other.toSorted());

const format = ({ verdict, seen }: JudgedClaim): string =>
  seen === undefined ? verdict : `${verdict} (${seen.value})`;

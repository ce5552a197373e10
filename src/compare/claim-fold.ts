// Claims that differ in the same way, told together: the same two answers, or the same reason why one run left them open.

import type { JudgedClaim } from "../verdict/document-schema.ts";
import { groupBy } from "./group-by.ts";
import type { ClaimDifference } from "./run-difference.ts";

export interface ClaimFold {
  readonly a: Side;
  readonly b: Side;
  /** Why, as far as is known: changes of Linux, or the sources that name what Linux does there, and explanations. */
  readonly causes: readonly string[];
  /** A claim of what Linux does instead of what is documented is not among them where that one is. */
  readonly claims: readonly ClaimDifference[];
}

type Form = NonNullable<JudgedClaim["form"]>;

interface Side {
  /** "nothing; the same state"; "" beside a run that left them open, and of that one why. */
  readonly answer: string;
  /** "contradicts", or those of several claims with how many: "contradicts 20, conforms 18". */
  readonly verdicts: string;
}

export function foldClaims(found: readonly ClaimDifference[]): readonly ClaimFold[] {
  const byId = new Map(found.map((one) => [one.claim.id, one]));
  const refinements = new Map(found.map((one) => [one.claim.refines ?? "", one]));
  const whole = found.filter((one) => !saysTheSame(one, byId.get(one.claim.refines ?? "")));
  const told = whole.map((one) => ({ one, ...answersOf(one), causes: causesOf(one, refinements.get(one.claim.id)) }));
  const folds = groupBy(told, ({ a, b, causes }) => JSON.stringify([causes, a, b]));
  return [...folds.values()].map((alike) => {
    const [{ a, b, causes }] = alike as unknown as readonly [(typeof told)[0]];
    const claims = alike.map(({ one }) => one);
    const side = (answer: string, of: "a" | "b"): Side => ({
      answer,
      verdicts: formatVerdicts(claims.map((one) => one[of].verdict)),
    });
    return { a: side(a, "a"), b: side(b, "b"), causes, claims };
  });
}

/** Whether both runs saw for a refinement what they saw for the claim that it refines. */
function saysTheSame(one: ClaimDifference, base: ClaimDifference | undefined): boolean {
  if (base === undefined || isOpen(one) || isOpen(base)) return false;
  const [own, other] = [answersOf(one), answersOf(base)];
  return own.a === other.a && own.b === other.b;
}

/** Whether one of the runs saw nothing: then why not is what counts. */
const isOpen = ({ a, b }: ClaimDifference): boolean => a.seen === undefined || b.seen === undefined;

function answersOf(difference: ClaimDifference): { readonly a: string; readonly b: string } {
  const open = isOpen(difference);
  const answer = ({ seen, because }: JudgedClaim): string => {
    if (open) return seen === undefined ? because.join("; ") : "";
    return formatSeen(difference, String(seen?.value));
  };
  return { a: answer(difference.a), b: answer(difference.b) };
}

/** Of an encounter the state by whether it is another than before: else each state had a fold of its own. */
const formatSeen = ({ claim: { ask } }: ClaimDifference, value: string): string =>
  ask.what === "encounter" && value.endsWith(`; ${ask.from}`)
    ? `${value.slice(0, -ask.from.length)}the same state`
    : value;

/** The change of Linux of which the runs show the two sides; else the deviation that is known of Linux there, and its explanation. */
function causesOf(difference: ClaimDifference, refined: ClaimDifference | undefined): readonly string[] {
  if (isOpen(difference)) return [];
  const judged = [difference.a, difference.b, ...(refined === undefined ? [] : [refined.a, refined.b])];
  const forms = judged.flatMap(({ form }) => form ?? []);
  if (new Set(forms.map(({ id }) => id)).size > 1) return changesBetween(forms);
  const cited = [refined?.a, refined?.b].map((one) => one?.cite);
  return [...new Set([...cited, ...judged.map(({ explanation }) => explanation)])].filter((text) => text !== undefined);
}

/** Told from the side of the kernels without the change, which do what it was made to end. */
function changesBetween(forms: readonly Form[]): readonly string[] {
  const former = forms.filter(({ id }) => id.startsWith("before-"));
  return [...new Set((former.length > 0 ? former : forms).map(({ told }) => told))];
}

function formatVerdicts(verdicts: readonly JudgedClaim["verdict"][]): string {
  const counted = [...groupBy(verdicts, (verdict) => verdict)];
  if (counted.length === 1) return counted[0]?.[0] ?? "";
  return counted.map(([verdict, own]) => `${verdict} ${own.length}`).join(", ");
}

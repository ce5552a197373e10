// What a lab came to under other circumstances, held against the baseline: every claim that fared otherwise, and every witness that fell silent.

import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { type Combination, sysctlsOf } from "./combination.ts";

export interface Deviation {
  /** Of what is the same deviation when it comes again, whatever was seen then: "close.open.fin contradicts". */
  readonly id: string;
  readonly text: string;
  /** Why it must be so, where the claim or the level says it. */
  readonly explained?: string;
}

/** Witnesses that are processes of their own; what others say may depend on how fast a machine is. */
const TOOLS = ["ss", "netstat"] as const;

export function deviationsOf(
  baseline: VerdictDocument,
  played: VerdictDocument,
  combination: Combination,
): readonly Deviation[] {
  const before = new Map(baseline.claims.map((claim) => [claim.id, claim]));
  const astray = played.claims.flatMap((claim) => {
    const was = before.get(claim.id);
    return was?.verdict === claim.verdict ? [] : [deviationOf(was, claim, combination)];
  });
  const lost = baseline.claims.filter(({ id }) => !played.claims.some((claim) => claim.id === id));
  return [
    ...astray,
    ...lost.map(({ id }) => ({ id, text: `${id} was not judged` })),
    ...TOOLS.flatMap((tool) => silenceOf(tool, baseline, played, combination)),
  ];
}

function deviationOf(was: JudgedClaim | undefined, claim: JudgedClaim, combination: Combination): Deviation {
  const seen = claim.seen === undefined ? claim.because.join("; ") : `seen ${claim.seen.value}`;
  const id = `${claim.id} ${claim.verdict}`;
  const text = `${claim.id}: ${was?.verdict ?? "not judged"} at the baseline, ${claim.verdict} here: ${seen}`;
  // No setting makes witnesses of one thing say two.
  if (claim.verdict === "disagree") return { id, text };
  const lack = combination.levels.find(({ lacks }) => lacks !== undefined && needsOnly(lacks, claim))?.lacks;
  if (lack !== undefined) return { id, text, explained: `it needs ${lack}, and this level has none` };
  const named = Object.keys(sysctlsOf(combination)).find((name) => isNamedIn(claim.condition ?? "", name));
  return { id, text, ...(named !== undefined && { explained: `the claim's condition: ${claim.condition}` }) };
}

const needsOnly = (lacking: string, { verdict, because }: JudgedClaim): boolean =>
  verdict === "unsupported" && because.every((why) => why.startsWith(`needs ${lacking}: `));

/** Conditions name a sysctl without its folder: "tcp_ecn". */
const isNamedIn = (condition: string, sysctl: string): boolean =>
  new RegExp(`\\b${sysctl.split(".").at(-1)}\\b`).test(condition);

/** One deviation for all claims on which a tool spoke at the baseline and did not here. */
function silenceOf(
  tool: (typeof TOOLS)[number],
  baseline: VerdictDocument,
  played: VerdictDocument,
  { levels }: Combination,
): readonly Deviation[] {
  const here = new Map(played.claims.map(({ id, witnesses }) => [id, witnesses]));
  const hasTimers = !levels.some((level) => level.withoutTimers === true && level.tool?.program === tool);
  const silent = baseline.claims.filter(
    ({ id, witnesses, seen }) =>
      witnesses.includes(tool) && !here.get(id)?.includes(tool) && (hasTimers || seen?.kind !== "duration-ms"),
  );
  const [first] = silent;
  return first === undefined
    ? []
    : [
        {
          id: tool,
          text: `${tool} says nothing on ${silent.length} claims that it is a witness of at the baseline: ${first.id}`,
        },
      ];
}

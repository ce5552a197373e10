// What a reader of report.md looks for first and last: surprises, corrections with their explanations, and what nobody saw.

import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { blindSpots } from "../view/blind-spots.ts";
import { type Correction, remarksAmong } from "../view/corrections.ts";
import {
  explanationsOf,
  formatSeen,
  formatSource,
  formatValue,
  formatVerdict,
  formatWitnesses,
} from "../view/format.ts";
import type { RunView, SceneView } from "../view/run-view.ts";
import { code, escaped, table } from "./text.ts";

/** Where everything goes otherwise, more would not be read. */
const SURPRISES = 100;

export function surpriseSection({ claims }: VerdictDocument, scenes: readonly SceneView[]): string {
  const surprises = surprisesAmong(claims);
  if (surprises.length === 0) return "";
  const told = surprises.slice(0, SURPRISES).map((claim) => renderSurprise(claim, scenes));
  const left = surprises.length - told.length;
  const more = left > 0 ? [`${left} more are in verdict.json.`] : [];
  return ["## Surprises", ...told, ...more].join("\n\n");
}

function renderSurprise(claim: JudgedClaim, scenes: readonly SceneView[]): string {
  const evidence = scenes.find(({ id }) => id === claim.scene)?.evidence;
  const own = new Set(claim.evidence);
  const looks = (evidence?.actions ?? []).flatMap((action) => evidence?.look(action) ?? []);
  const raw = looks
    .filter(({ id }) => own.has(id))
    .map(({ witness, raw }) => `  - ${witness}: ${code(raw) || "absent"}`);
  return [
    `- **${escaped(claim.claim)}** (${code(claim.id)}): ${formatVerdict(claim)}`,
    ...(claim.condition === undefined ? [] : [`  - condition: ${escaped(claim.condition)}`]),
    `  - documented: ${escaped(formatValue(claim.documented))}`,
    `  - seen: ${escaped(formatSeen(claim))}, by ${formatWitnesses(claim)}`,
    ...(raw.length > 0 ? raw : [`  - because: ${escaped(claim.because.join("; "))}`]),
  ].join("\n");
}

export function correctionSection(corrections: readonly Correction[]): string {
  if (corrections.length === 0) return "";
  const told = corrections.map(({ claim, refinedBy }) =>
    [renderClaim(claim, ""), ...refinedBy.map((better) => renderClaim(better, "  "))].join("\n"),
  );
  return ["## What was refined or contradicted, and why", ...told].join("\n\n");
}

/** What a lab has to say of claims that nothing refines or contradicts. */
export function remarkSection(claims: readonly JudgedClaim[], corrections: readonly Correction[]): string {
  const remarks = remarksAmong(claims, corrections);
  if (remarks.length === 0) return "";
  return ["## Remarks", remarks.map((claim) => renderClaim(claim, "")).join("\n")].join("\n\n");
}

function renderClaim(claim: JudgedClaim, indent: string): string {
  const condition = claim.condition === undefined ? "" : ` (${escaped(claim.condition)})`;
  const seen =
    claim.verdict === "contradicts"
      ? `; documented ${escaped(formatValue(claim.documented))}, seen ${escaped(formatSeen(claim))}`
      : "";
  const head = `${indent}- **${escaped(claim.claim)}**${condition} ${escaped(formatSource(claim))}: ${formatVerdict(claim)}${seen}.`;
  return [head, ...explanationsOf(claim).map((text) => `${indent}  ${escaped(text)}`)].join("\n");
}

export function unseenSection({ verdict, environment }: RunView, scenes: readonly SceneView[]): string {
  const open = verdict.claims.filter((claim) => claim.verdict === "unwitnessed" || claim.verdict === "unsupported");
  const absent = Object.entries({ ...environment.absentWitnesses, ...environment.missing });
  const blind = scenes.flatMap(blindSpots);
  if (open.length + absent.length + blind.length === 0)
    return "## What no witness could see\n\nNothing: every claim was witnessed, and every look left one state.";
  return [
    "## What no witness could see, and why",
    ...(open.length === 0 ? [] : [table(["claim", "verdict", "why"], open.map(openRow))]),
    [
      ...blind.map(
        ({ scene, number, step, end, said }) => `- Scene ${scene}, step ${number} (${code(step)}), ${end}: ${said}.`,
      ),
      ...absent.map(([name, why]) => `- ${code(name)} was not there: ${escaped(why)}`),
    ].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const openRow = (claim: JudgedClaim): readonly string[] => [
  `${escaped(claim.claim)} (${code(claim.id)})`,
  formatVerdict(claim),
  escaped(claim.because.join("; ")),
];

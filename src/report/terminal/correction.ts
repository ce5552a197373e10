// A claim that was contradicted or refined, told in a few lines with what puts it right.

import type { JudgedClaim } from "../../verdict/document.ts";
import type { Correction } from "../view/corrections.ts";
import { wrap } from "../view/printable.ts";
import { explanationsOf, spellSeen, spellSource, spellValue, spellVerdict, spellWitnesses } from "../view/spelling.ts";
import { painted, paintOf, type TerminalStyle } from "./style.ts";

const INDENT = "  ";

export function tellCorrection({ claim, refinedBy }: Correction, style: TerminalStyle): string {
  return [tellClaim(claim, "", style), ...refinedBy.map((better) => tellClaim(better, INDENT, style))].join("\n");
}

function tellClaim(claim: JudgedClaim, indent: string, style: TerminalStyle): string {
  const condition = claim.condition === undefined ? "" : ` (${claim.condition})`;
  const lines = [
    wrap(`${claim.claim}${condition}`, style.columns, indent),
    painted(wrap(tellVerdict(claim), style.columns, `${indent}${INDENT}`), paintOf(claim), style),
  ];
  const explained = explanationsOf(claim).map((text) => wrap(text, style.columns, `${indent}${INDENT}`));
  return [...lines, ...explained].join("\n");
}

function tellVerdict(claim: JudgedClaim): string {
  const against =
    claim.verdict === "contradicts" ? `: documented ${spellValue(claim.documented)}, seen ${spellSeen(claim)}` : "";
  const witnesses = claim.witnesses.length === 0 ? "" : `, by ${spellWitnesses(claim)}`;
  return `${spellVerdict(claim)}${against}${witnesses} · ${spellSource(claim)}`;
}

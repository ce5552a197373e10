// A claim that was contradicted or refined, told in a few lines with what puts it right.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import type { Correction } from "../view/corrections.ts";
import {
  explanationsOf,
  formatSeen,
  formatSource,
  formatValue,
  formatVerdict,
  formatWitnesses,
} from "../view/format.ts";
import { wrap } from "./columns.ts";
import { painted, paintOf, type TerminalStyle } from "./style.ts";

const INDENT = "  ";

export function renderCorrection({ claim, refinedBy }: Correction, style: TerminalStyle): string {
  return [renderClaim(claim, "", style), ...refinedBy.map((better) => renderClaim(better, INDENT, style))].join("\n");
}

function renderClaim(claim: JudgedClaim, indent: string, style: TerminalStyle): string {
  const condition = claim.condition === undefined ? "" : ` (${claim.condition})`;
  const lines = [
    wrap(`${claim.claim}${condition}`, style.columns, indent),
    painted(wrap(renderVerdict(claim), style.columns, `${indent}${INDENT}`), paintOf(claim), style),
  ];
  const explained = explanationsOf(claim).map((text) => wrap(text, style.columns, `${indent}${INDENT}`));
  return [...lines, ...explained].join("\n");
}

function renderVerdict(claim: JudgedClaim): string {
  const against =
    claim.verdict === "contradicts" ? `: documented ${formatValue(claim.documented)}, seen ${formatSeen(claim)}` : "";
  const witnesses = claim.witnesses.length === 0 ? "" : `, by ${formatWitnesses(claim)}`;
  return `${formatVerdict(claim)}${against}${witnesses} · ${formatSource(claim)}`;
}

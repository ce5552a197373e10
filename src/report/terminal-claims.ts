// A scene's claims as a compact table for a terminal: documented against seen.

import Table from "cli-table3";
import type { JudgedClaim } from "../verdict/document.ts";
import { localWords, MARK, spellSeen, spellValue, spellWitnesses } from "./spelling.ts";
import { painted, paintOf, type TerminalStyle } from "./terminal-style.ts";

const BORDERS = 5;

export function drawClaims(claims: readonly JudgedClaim[], style: TerminalStyle): string {
  const room = style.columns - BORDERS;
  const [value, witnesses] = [Math.floor(room * 0.22), Math.floor(room * 0.2)];
  const table = new Table({
    head: ["claim", "documented", "seen", "seen by"].map((title) => painted(title, "bold", style)),
    colWidths: [room - 2 * value - witnesses, value, value, witnesses],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  for (const claim of claims)
    table.push([
      painted(`${MARK[claim.verdict]} ${localWords(claim)}`, paintOf(claim), style),
      spellValue(claim.documented),
      claim.seen === undefined ? claim.verdict : spellSeen(claim),
      spellWitnesses(claim),
    ]);
  return table.toString();
}

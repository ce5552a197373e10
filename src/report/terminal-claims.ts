// A scene's claims as a compact table for a terminal: documented against seen.

import Table from "cli-table3";
import type { JudgedClaim } from "../verdict/document.ts";
import { wrap } from "./printable.ts";
import { claimsToShow } from "./shown-claims.ts";
import { localWords, MARK, spellSeen, spellValue, spellWitnesses } from "./spelling.ts";
import { painted, paintOf, type TerminalStyle } from "./terminal-style.ts";

const BORDERS = 5;
/** Rows: about a screen. */
const LIMIT = 40;

export function drawClaims(claims: readonly JudgedClaim[], style: TerminalStyle): string {
  const room = style.columns - BORDERS;
  const [value, witnesses] = [Math.floor(room * 0.22), Math.floor(room * 0.2)];
  const table = new Table({
    head: ["claim", "documented", "seen", "seen by"].map((title) => painted(title, "bold", style)),
    colWidths: [room - 2 * value - witnesses, value, value, witnesses],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  const { shown, said } = claimsToShow(claims, LIMIT);
  for (const claim of shown)
    table.push([
      painted(`${MARK[claim.verdict]} ${localWords(claim)}`, paintOf(claim), style),
      spellValue(claim.documented),
      claim.seen === undefined ? claim.verdict : spellSeen(claim),
      spellWitnesses(claim),
    ]);
  return said === "" ? table.toString() : `${table.toString()}\n${wrap(said, style.columns)}`;
}

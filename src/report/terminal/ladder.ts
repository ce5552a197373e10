// The document's table drawn for a terminal: client state, segment, server state, and who saw each row.

import Table from "cli-table3";
import type { DocumentedPath } from "../../claims/path.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { formatSeen, formatVerdict, formatWitnesses } from "../view/format.ts";
import { type LadderRow, ladderRows } from "../view/ladder-row.ts";
import { drawArrow } from "./arrow.ts";
import { painted, paintOf, type TerminalStyle } from "./style.ts";

/** Characters, padding included: "ESTABLISHED" and "CLOSE_WAIT" fit. */
const STATE_WIDTH = 13;
const BORDERS = 5;
const NARROWEST_WITNESSES = 14;

export function drawLadder(path: DocumentedPath, claims: readonly JudgedClaim[], style: TerminalStyle): string {
  const segmentWidth = style.columns < 100 ? 27 : 33;
  const rest = style.columns - BORDERS - 2 * STATE_WIDTH - segmentWidth;
  const table = new Table({
    head: ["client", "segment", "server", "seen by"].map((title) => painted(title, "bold", style)),
    colWidths: [STATE_WIDTH, segmentWidth, STATE_WIDTH, Math.max(NARROWEST_WITNESSES, rest)],
    style: { head: [], border: [], compact: true },
    wordWrap: true,
  });
  for (const row of ladderRows(path, claims))
    table.push([row.client, arrowOf(row, segmentWidth - 2), row.server, judgement(row, style)]);
  return table.toString();
}

const arrowOf = ({ segment }: LadderRow, width: number): string =>
  segment === undefined ? "" : drawArrow(segment.text, segment.from, width);

/** One sentence for both ends where they fared alike. */
function judgement({ judged }: LadderRow, style: TerminalStyle): string {
  const told = judged.map((claim) => painted(render(claim), paintOf(claim), style));
  if (told.length < 2 || told.every((text) => text === told[0])) return told[0] ?? "";
  return judged
    .map((claim, index) => `${claim.id.endsWith("-client") ? "client" : "server"} ${told[index]}`)
    .join("\n");
}

function render(claim: JudgedClaim): string {
  const instead = claim.verdict === "contradicts" ? `, seen ${formatSeen(claim)}` : "";
  const witnesses = claim.witnesses.length === 0 ? "" : `: ${formatWitnesses(claim)}`;
  return `${formatVerdict(claim)}${instead}${witnesses}`;
}

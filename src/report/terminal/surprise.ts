// A surprise told as a story: the steps so far, the one that surprised, documented against seen, and the raw lines.

import type { Sighting, TimelineLine } from "../../evidence/timeline.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import {
  formatAbsence,
  formatSeen,
  formatSegment,
  formatSource,
  formatValue,
  formatVerdict,
  formatWitnesses,
} from "../view/format.ts";
import { printable } from "../view/printable.ts";
import type { Moment, RunView, SceneView } from "../view/run-view.ts";
import { wrap } from "./columns.ts";
import { painted, type TerminalStyle } from "./style.ts";

/** What one still reads on a terminal. */
const STORIES = 10;
const OPEN_CLAIMS = 12;

export function renderSurprises({ verdict }: RunView, scenes: readonly SceneView[], style: TerminalStyle): string {
  const surprises = surprisesAmong(verdict.claims);
  const told = surprises.slice(0, STORIES).map((claim) => {
    const scene = scenes.find(({ id }) => id === claim.scene);
    return [renderClaim(claim, style), ...(scene === undefined ? [] : renderSteps(claim, scene, style))].join("\n");
  });
  if (told.length === 0) return "";
  const more = surprises.length > STORIES ? [`${surprises.length - STORIES} more surprises are in report.md.`] : [];
  return [painted("Surprises", "bold", style), ...told, ...more].join("\n\n");
}

function renderClaim(claim: JudgedClaim, style: TerminalStyle): string {
  const witnesses = claim.witnesses.length === 0 ? "" : ` (${formatWitnesses(claim)})`;
  return [
    wrap(`${claim.claim} [${claim.id}; ${formatSource(claim)}]`, style.columns),
    ...(claim.condition === undefined ? [] : [wrap(`(${claim.condition})`, style.columns, "  ")]),
    painted(`  ${formatVerdict(claim)}`, "red", style),
    `  documented: ${formatValue(claim.documented)}`,
    wrap(`  seen:       ${formatSeen(claim)}${witnesses}`, style.columns, "", "              "),
  ].join("\n");
}

/** The scene's steps up to the last one that the claim's evidence belongs to. */
function renderSteps(claim: JudgedClaim, scene: SceneView, style: TerminalStyle): readonly string[] {
  const own = new Set(claim.evidence);
  const last = scene.moments.findLastIndex((moment) => evidenceIn(moment, scene, own).length > 0);
  const until = last < 0 ? scene.moments : scene.moments.slice(0, last + 1);
  return until.flatMap((moment) => [
    wrap(`${moment.number}. ${printable(moment.action.sentence)}`, style.columns, "  ", "     "),
    ...evidenceIn(moment, scene, own).map((line) =>
      wrap(renderEvidence(line, scene), style.columns, "     ", "       "),
    ),
  ]);
}

const evidenceIn = ({ action, sent }: Moment, scene: SceneView, own: ReadonlySet<string>): readonly TimelineLine[] =>
  [action, ...sent, ...scene.evidence.look(action)].filter(({ id }) => own.has(id));

function renderEvidence(line: TimelineLine, { evidence }: SceneView): string {
  if (line.type === "segment")
    return `wire: frame ${line.frame}, ${line.end} ${formatSegment(line)}, relative ${formatSegment(line, evidence.relative.get(line.id))}`;
  if (line.type === "sighting") return renderSighting(line);
  return line.type === "action" ? "this step" : printable(line.text);
}

function renderSighting({ witness, end, states, raw }: Sighting): string {
  const read = states === undefined ? "" : ` ${end} ${states.join(" or ")}`;
  return `${witness}:${read}: ${raw === "" ? formatAbsence(witness) : printable(raw)}`;
}

/** What stayed open, by reason. */
export function renderUnseen({ verdict }: RunView, style: TerminalStyle): string {
  const open = verdict.claims.filter(({ verdict: v }) => v === "unwitnessed" || v === "unsupported");
  if (open.length === 0) return "";
  const reasonOf = ({ because }: JudgedClaim) => because.map(printable).join("; ");
  const told = [...new Set(open.map(reasonOf))].map((reason) => {
    const claims = open.filter((claim) => reasonOf(claim) === reason);
    const more = claims.length > OPEN_CLAIMS ? [`  and ${claims.length - OPEN_CLAIMS} more`] : [];
    const named = claims.slice(0, OPEN_CLAIMS).map(({ id }) => `  ${id}`);
    return [wrap(`${reason.replace(/\.$/, "")}:`, style.columns), ...named, ...more].join("\n");
  });
  return [painted("What nobody saw", "bold", style), ...told].join("\n");
}

// Every claim of a scene: documented against seen, by whom, and where the evidence stands.

import type { SegmentLine } from "../../evidence/timeline.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { claimsToShow } from "../view/claim-rows.ts";
import { formatSeen, formatSource, formatValue, formatVerdict, formatWitnesses } from "../view/format.ts";
import type { SceneView } from "../view/run-view.ts";
import { escaped, table } from "./text.ts";

/** Rows: what a reader can still scroll through. */
const LIMIT = 300;

export function claimsTable(scene: SceneView): string {
  const { shown, said } = claimsToShow(scene.claims, LIMIT);
  const drawn = table(
    ["claim", "who says so", "documented", "seen", "verdict", "seen by", "evidence"],
    shown.map((claim) => row(claim, scene)),
  );
  return said === "" ? drawn : `${drawn}\n\n${said}`;
}

function row(claim: JudgedClaim, scene: SceneView): readonly string[] {
  const condition = claim.condition === undefined ? "" : ` (${escaped(claim.condition)})`;
  return [
    `${escaped(claim.claim)}${condition}`,
    escaped(formatSource(claim)),
    escaped(formatValue(claim.documented)),
    escaped(formatSeen(claim)),
    formatVerdict(claim),
    formatWitnesses(claim),
    escaped(formatEvidence(claim, scene)),
  ];
}

const SHOWN = 4;

/** Frames for segments, steps for looks: what a reader can look up in this report. */
function formatEvidence({ evidence: ids }: JudgedClaim, { evidence, moments }: SceneView): string {
  const own = new Set(ids);
  const frames = evidence.segments.filter(({ id }) => own.has(id)).map(({ frame }: SegmentLine) => frame);
  const steps = moments
    .filter(({ action }) => own.has(action.id) || evidence.look(action).some(({ id }) => own.has(id)))
    .map(({ number }) => number);
  return [formatNumbers("frame", frames), formatNumbers("step", steps)].filter((part) => part !== "").join("; ");
}

function formatNumbers(what: string, numbers: readonly number[]): string {
  if (numbers.length === 0) return "";
  const more = numbers.length > SHOWN ? `, … (${numbers.length} in all)` : "";
  return `${what}${numbers.length > 1 ? "s" : ""} ${numbers.slice(0, SHOWN).join(", ")}${more}`;
}

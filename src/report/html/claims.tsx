// Every claim of a scene: documented against seen in one line, and behind it who says so, who saw it, and the raw lines that decided it.

import type { TimelineLine } from "../../evidence/timeline.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { claimsToShow } from "../view/claim-rows.ts";
import {
  explanationsOf,
  formatAbsence,
  formatSeen,
  formatSegment,
  formatSource,
  formatValue,
  formatVerdict,
  formatWitnesses,
  MARK,
} from "../view/format.ts";
import { printable, verbatim } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";
import { verdictToneOf } from "./verdict-tone.ts";

export function Claims({ scene, limit }: { readonly scene: SceneView; readonly limit: number }) {
  const { shown, said } = claimsToShow(scene.claims, limit);
  if (scene.claims.length === 0) return <p>No claim is tried in this scene.</p>;
  return (
    <>
      <p class="claims-head" aria-hidden="true">
        <span>claim</span> <span>documented</span> <span>seen</span> <span>verdict</span>
      </p>
      <ul class="claims">
        {shown.map((claim) => (
          <li key={claim.id}>
            <Claim claim={claim} scene={scene} />
          </li>
        ))}
      </ul>
      {said !== "" && <p class="limit">{said}</p>}
    </>
  );
}

export function Claim({ claim, scene }: { readonly claim: JudgedClaim; readonly scene: SceneView | undefined }) {
  return (
    <details class={`claim ${verdictToneOf(claim)}`}>
      <summary>
        <span class="mark" aria-hidden="true">
          {MARK[claim.verdict]}
        </span>
        <span class="what">
          {printable(claim.claim)}
          {claim.condition !== undefined && <span class="condition"> ({printable(claim.condition)})</span>}
        </span>
        <span class="value">
          <span class="tag">documented</span> {formatValue(claim.documented)}
        </span>
        <span class="value">
          <span class="tag">seen</span> {formatSeen(claim) || "nothing"}
        </span>
        <span class="verdict">{formatVerdict(claim).slice(2)}</span>
      </summary>
      <dl class="grounds">
        <dt>who says so</dt>
        <dd>{formatSource(claim)}</dd>
        {claim.witnesses.length > 0 && (
          <>
            <dt>seen by</dt>
            <dd>{formatWitnesses(claim)}</dd>
          </>
        )}
        <dt>because</dt>
        <dd>{claim.because.map(printable).join("; ") || "–"}</dd>
        {explanationsOf(claim).map((text) => (
          <>
            <dt>explained</dt>
            <dd>{text}</dd>
          </>
        ))}
        <Evidence claim={claim} scene={scene} />
        <dt>id</dt>
        <dd>
          <code>{claim.id}</code>
        </dd>
      </dl>
    </details>
  );
}

/** Lines of evidence; a rule over all segments of a scene rests on hundreds. */
const EVIDENCE_LIMIT = 16;

function Evidence({ claim, scene }: { readonly claim: JudgedClaim; readonly scene: SceneView | undefined }) {
  if (scene === undefined || claim.evidence.length === 0) return null;
  const own = new Set(claim.evidence);
  const lines = linesOf(scene).filter(({ id }) => own.has(id));
  const left = lines.length - EVIDENCE_LIMIT;
  return (
    <>
      <dt>evidence</dt>
      <dd>
        <ul class="evidence">
          {lines
            .slice(0, EVIDENCE_LIMIT)
            .map((line) => renderLine(line, scene))
            .map(([told, raw]) => (
              <li>
                {told}
                {raw !== "" && <code>{raw}</code>}
              </li>
            ))}
        </ul>
        {left > 0 && <p class="limit">and {left} more lines, in timeline.jsonl</p>}
      </dd>
    </>
  );
}

const linesOf = ({ evidence, moments }: SceneView): readonly TimelineLine[] => [
  ...moments.map(({ action }) => action),
  ...evidence.segments,
  ...moments.flatMap(({ action }) => evidence.look(action)),
  ...evidence.notes,
];

/** Who said it and where, and the raw line. */
function renderLine(line: TimelineLine, { evidence, moments }: SceneView): readonly [told: string, raw: string] {
  if (line.type === "action") {
    const step = moments.find(({ action }) => action === line)?.number;
    return [`step ${step}: ${printable(line.sentence)}`, ""];
  }
  if (line.type === "note") return [`note: ${printable(line.text)}`, ""];
  if (line.type === "segment") {
    const relative = formatSegment(line, evidence.relative.get(line.id));
    return [`wire, frame ${line.frame}: ${line.end} ${formatSegment(line)}, relative ${relative}`, line.header];
  }
  const step = moments.find(({ action }) => action.id === line.after)?.number;
  const states = line.states === undefined ? "" : `, ${line.states.join(" or ")}`;
  const told = `${line.witness}, step ${step}, ${line.end ?? "both"}${states}`;
  return line.raw === "" ? [`${told}: ${formatAbsence(line.witness)}`, ""] : [`${told}:`, verbatim(line.raw)];
}

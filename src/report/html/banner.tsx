// The top of the page: what was asked, what came out, and whether anything surprised; to be understood in ten seconds.

import { isNoteThat } from "../../evidence/notes.ts";
import type { JudgedClaim, VerdictDocument } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { formatSummary } from "../view/claim-rows.ts";
import { formatSeen, formatValue } from "../view/format.ts";
import { ladderRows } from "../view/ladder-row.ts";
import { printable } from "../view/printable.ts";
import type { RunView, SceneView } from "../view/run-view.ts";
import { VERDICT_TONES, type VerdictTone, verdictToneOf } from "./verdict-tone.ts";

export function Banner({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const { verdict, lab } = view;
  return (
    <div class="banner">
      <p class="kicker">
        Lab report <b>{lab.id}</b>
      </p>
      <h1>{printable(lab.question)}</h1>
      <Outcome verdict={verdict} view={view} />
      <ul class="findings">
        {scenes
          .flatMap((scene) => pathFinding(scene))
          .map((text) => (
            <li class={text.tone} key={text.said}>
              {text.said}
            </li>
          ))}
        {surprisesAmong(verdict.claims)
          .slice(0, FEW)
          .map((claim) => (
            <li class="surprise" key={claim.id}>
              {printable(claim.claim)} <Against claim={claim} />
            </li>
          ))}
        {verdict.claims
          .filter((claim) => verdictToneOf(claim) === "known")
          .slice(0, FEW)
          .map((claim) => (
            <li class="known" key={claim.id}>
              {printable(claim.claim)} <Against claim={claim} />
            </li>
          ))}
      </ul>
      <Identity view={view} />
    </div>
  );
}

const FEW = 3;

const Against = ({ claim }: { readonly claim: JudgedClaim }) => (
  <span class="against">
    documented {formatValue(claim.documented)}, seen <b>{formatSeen(claim) || "nothing"}</b>
  </span>
);

/** "Three-way handshake: all 9 statements as documented." */
function pathFinding({
  documented,
  claims,
}: SceneView): readonly { readonly said: string; readonly tone: VerdictTone }[] {
  if (documented === undefined) return [];
  const judged = ladderRows(documented, claims).flatMap((row) => row.judged);
  const good = judged.filter((claim) => verdictToneOf(claim) === "good").length;
  const how = good === judged.length ? `all ${good}` : `${good} of ${judged.length}`;
  return [
    {
      said: `${documented.title}: ${how} segments and states seen as documented.`,
      tone: good === judged.length ? "good" : "open",
    },
  ];
}

function Outcome({ verdict, view }: { readonly verdict: VerdictDocument; readonly view: RunView }) {
  const tone = verdictToneOfRun(verdict);
  return (
    <div class={`outcome ${tone}`}>
      <p class="headline">{headlineOf(verdict)}</p>
      <p>{formatSummary(verdict)}</p>
      {wasCutShort(view) && <p class="cut">The run was cut short: not all of the lab was played.</p>}
      <Proportions claims={verdict.claims} />
    </div>
  );
}

export function verdictToneOfRun({ summary, exit }: VerdictDocument): Exclude<VerdictTone, "known"> {
  if (summary.surprises > 0) return "surprise";
  return exit === 0 ? "good" : "open";
}

const HEADLINE: Readonly<Record<Exclude<VerdictTone, "known">, (verdict: VerdictDocument) => string>> = {
  good: () => "No surprise",
  surprise: ({ summary }) => (summary.surprises === 1 ? "One surprise" : `${summary.surprises} surprises`),
  open: () => "No surprise, but not everything could be seen",
};

export const headlineOf = (verdict: VerdictDocument): string => HEADLINE[verdictToneOfRun(verdict)](verdict);

const wasCutShort = ({ timeline }: RunView): boolean => timeline.some((line) => isNoteThat(line, "cutsShort"));

const MEANING: Readonly<Record<VerdictTone, string>> = {
  good: "as documented",
  known: "contradicted, as expected",
  surprise: "surprising",
  open: "not seen",
};

/** One bar, divided as the claims fared; told in the legend below it. */
export function Proportions({ claims }: { readonly claims: readonly JudgedClaim[] }) {
  const counts = VERDICT_TONES.map((tone) => ({
    tone,
    count: claims.filter((claim) => verdictToneOf(claim) === tone).length,
  })).filter(({ count }) => count > 0);
  let x = 0;
  return (
    <div class="proportions">
      <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        {counts.map(({ tone, count }) => {
          const width = (100 * count) / claims.length;
          const bar = <rect class={tone} x={x} y={0} width={Math.max(0.4, width - 0.3)} height={4} key={tone} />;
          x += width;
          return bar;
        })}
      </svg>
      <ul class="legend">
        {counts.map(({ tone, count }) => (
          <li class={tone} key={tone}>
            <b>{count}</b> {MEANING[tone]}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Identity({ view: { verdict, environment } }: { readonly view: RunView }) {
  const { run } = verdict;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["student", run.student],
    ["nonce", run.nonce],
    ["run", run.id],
    ["started", run.startedAt],
    ["kernel", environment.kernel],
    ["tool", run.tool],
  ];
  return (
    <dl class="identity">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{printable(value)}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

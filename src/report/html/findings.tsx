// What a reader looks for first and last: surprises, corrections with their explanations, and what nobody saw.

import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { surprisesAmong } from "../../verdict/summary.ts";
import { blindSpots } from "../view/blind-spots.ts";
import { CIRCUMSTANCES, formatCircumstances } from "../view/circumstances.ts";
import { type Correction, correctionsAmong, remarksAmong } from "../view/corrections.ts";
import { explanationsOf, formatSeen, formatSource, formatValue, formatVerdict } from "../view/format.ts";
import { printable } from "../view/printable.ts";
import type { RunView, SceneView } from "../view/run-view.ts";
import { Claim } from "./claims.tsx";
import { verdictToneOf } from "./verdict-tone.ts";

/** Entries of a section; the matrix has thousands. */
const LIMIT = 60;

const Left = ({ of, what }: { readonly of: number; readonly what: string }) =>
  of <= LIMIT ? null : (
    <p class="limit">
      Of {of} {what} the first {LIMIT} are shown; all are in verdict.json.
    </p>
  );

export function Circumstances({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const told = formatCircumstances(view, scenes);
  if (told.length === 0) return null;
  return (
    <section id="circumstances">
      <h2>{CIRCUMSTANCES}</h2>
      <ul class="notes">
        {told.map((line) => (
          <li key={line}>{printable(line)}</li>
        ))}
      </ul>
    </section>
  );
}

export function Surprises({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const surprises = surprisesAmong(view.verdict.claims);
  if (surprises.length === 0) return null;
  return (
    <section id="surprises">
      <h2>Surprises</h2>
      <ul class="claims">
        {surprises.slice(0, LIMIT).map((claim) => (
          <li key={claim.id}>
            <Claim claim={claim} scene={scenes.find(({ id }) => id === claim.scene)} />
          </li>
        ))}
      </ul>
      <Left of={surprises.length} what="surprises" />
    </section>
  );
}

export function Corrections({ scenes }: { readonly scenes: readonly SceneView[] }) {
  const corrections = scenes.flatMap(({ claims }) => correctionsAmong(claims));
  if (corrections.length === 0) return null;
  return (
    <section id="corrections">
      <h2>What was refined or contradicted, and why</h2>
      <div class="corrections">
        {corrections.slice(0, LIMIT).map((correction) => (
          <CorrectionCard correction={correction} key={correction.claim.id} />
        ))}
      </div>
      <Left of={corrections.length} what="corrections" />
    </section>
  );
}

const CorrectionCard = ({ correction: { claim, refinedBy } }: { readonly correction: Correction }) => (
  <article class="correction">
    <Told claim={claim} />
    {refinedBy.map((better) => (
      <div class="better" key={better.id}>
        <Told claim={better} />
      </div>
    ))}
  </article>
);

function Told({ claim }: { readonly claim: JudgedClaim }) {
  return (
    <div class={`told ${verdictToneOf(claim)}`}>
      <p class="claim-text">
        {printable(claim.claim)}
        {claim.condition !== undefined && <span class="condition"> ({printable(claim.condition)})</span>}
      </p>
      <p class="cite">
        {formatSource(claim)} <span class="verdict">{formatVerdict(claim)}</span>
      </p>
      {claim.verdict === "contradicts" && (
        <p class="against">
          documented <s>{formatValue(claim.documented)}</s>, seen <b>{formatSeen(claim)}</b>
        </p>
      )}
      {explanationsOf(claim).map((text) => (
        <p class="why">{text}</p>
      ))}
    </div>
  );
}

export function Remarks({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const remarks = remarksAmong(
    view.verdict.claims,
    scenes.flatMap(({ claims }) => correctionsAmong(claims)),
  );
  if (remarks.length === 0) return null;
  return (
    <section id="remarks">
      <h2>Remarks</h2>
      <div class="corrections">
        {remarks.slice(0, LIMIT).map((claim) => (
          <article class="correction" key={claim.id}>
            <Told claim={claim} />
          </article>
        ))}
      </div>
      <Left of={remarks.length} what="remarks" />
    </section>
  );
}

export function Unseen({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const open = view.verdict.claims.filter((claim) => verdictToneOf(claim) === "open");
  const absent = Object.entries({ ...view.environment.absentWitnesses, ...view.environment.missing });
  const blind = scenes.flatMap(blindSpots);
  return (
    <section id="unseen">
      <h2>What no witness could see, and why</h2>
      {open.length + absent.length + blind.length === 0 && (
        <p>Nothing: every claim was witnessed, and every look left one state.</p>
      )}
      {open.length > 0 && (
        <ul class="open-claims">
          {open.slice(0, LIMIT).map((claim) => (
            <li key={claim.id}>
              {printable(claim.claim)} <span class="verdict">{formatVerdict(claim)}</span>
              <span class="why">{printable(claim.because.join("; "))}</span>
            </li>
          ))}
        </ul>
      )}
      <Left of={open.length} what="claims" />
      <ul class="notes">
        {blind.slice(0, LIMIT).map(({ scene, number, step, end, said }) => (
          <li key={`${scene} ${number} ${end}`}>
            Scene {scene}, step {number} (<code>{printable(step)}</code>), {end}: {said}.
          </li>
        ))}
        {absent.map(([name, why]) => (
          <li key={name}>
            <code>{printable(name)}</code> was not there: {printable(why)}
          </li>
        ))}
      </ul>
      <Left of={blind.length} what="looks" />
    </section>
  );
}

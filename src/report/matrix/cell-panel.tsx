// What opens when a square of the heat map is chosen: every cell of the spot, with the segment sent, the answer, the states and the raw lines.

import type { SegmentLine, Sighting } from "../../evidence/timeline.ts";
import { describe } from "../../rfc-model/cells/cell-claims.ts";
import { printable } from "../view/printable.ts";
import { spellAbsence, spellSegment } from "../view/spelling.ts";
import { type CellView, deviationOf, type Fare, spellLook } from "./cell-view.ts";
import type { Spot } from "./heat-map.ts";
import { signOf } from "./heat-table.tsx";
import { type Variant, variantsOf } from "./variants.ts";

export const FARE_WORDS: Readonly<Record<Fare, string>> = {
  conforms: "as the RFCs say",
  deviation: "a known deviation of Linux",
  open: "not seen",
  surprise: "a surprise",
};

export function SpotPanel({ id, title, spot }: { readonly id: string; readonly title: string; readonly spot: Spot }) {
  return (
    <section class="panel" id={id} aria-label={title}>
      <h3>
        {title}{" "}
        <a class="close" href={`#${signOf(id)}`}>
          close
        </a>
      </h3>
      {variantsOf(spot).map((variant) => (
        <VariantOfSpot variant={variant} key={variant.first.cell.id} />
      ))}
    </section>
  );
}

function VariantOfSpot({ variant }: { readonly variant: Variant }) {
  const { first, others, alike } = variant;
  const told = alike ? [first] : [first, ...others];
  return (
    <article>
      <h4>{describe(first.cell)}</h4>
      {told.map((view) => (
        <Told view={view} key={view.table.family} />
      ))}
      {alike && others.length > 0 && <p class="also">{others.map(spellOther).join("; ")}</p>}
    </article>
  );
}

const spellOther = ({ table, raw }: CellView): string =>
  `The same over ${table.family}${raw.met === undefined ? "" : `: frame ${raw.met.frame}`}.`;

function Told({ view }: { readonly view: CellView }) {
  const { documented, onLinux, raw, fare, table, state } = view;
  const deviation = deviationOf(view);
  return (
    <dl class={fare}>
      <dt>met, over {table.family}</dt>
      <dd>{raw.met === undefined ? "nothing: the cell was not played" : spellFramed(raw.met)}</dd>
      <dt>answer</dt>
      <dd>{raw.answers.length === 0 ? "nothing" : raw.answers.map(spellFramed).join(", ")}</dd>
      <dt>state</dt>
      <dd>
        {spellLook(raw.before) || state} → {spellLook(raw.after) || "not seen"}
      </dd>
      <dt>the RFCs</dt>
      <dd>
        {String(documented.documented.value)} <cite>{documented.cite}</cite>
      </dd>
      {onLinux !== undefined && <dt>known of Linux</dt>}
      {onLinux !== undefined && (
        <dd>
          {String(onLinux.documented.value)} <a href={`#deviation-${deviation}`}>why</a>
        </dd>
      )}
      <dt>fares</dt>
      <dd>
        <b>{FARE_WORDS[fare]}</b>
        {documented.seen === undefined ? `: ${documented.because.map(printable).join("; ")}` : ""}
      </dd>
      <dt>raw</dt>
      <dd>
        <pre>{rawLines(view)}</pre>
      </dd>
    </dl>
  );
}

const spellFramed = (line: SegmentLine): string => `${spellSegment(line)} (frame ${line.frame})`;

function rawLines({ raw }: CellView): string {
  const segments = [...(raw.met === undefined ? [] : [raw.met]), ...raw.answers];
  return [
    ...segments.map(({ frame, header }) => `frame ${frame}: ${header}`),
    ...raw.before.map((sighting) => `before, ${spellSighting(sighting)}`),
    ...raw.after.map((sighting) => `after, ${spellSighting(sighting)}`),
  ].join("\n");
}

const spellSighting = ({ witness, raw }: Sighting): string =>
  `${witness}: ${raw === "" ? spellAbsence(witness) : printable(raw).replace(/ {2,}/g, " ")}`;

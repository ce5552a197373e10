// What opens when a square of the heat map is chosen: every cell of the group, with the segment sent, the answer, the states and the raw lines.

import type { SegmentLine, Sighting } from "../../evidence/timeline.ts";
import { describe } from "../../rfc-model/cells/cell-claims.ts";
import { formatAbsence, formatSegment } from "../view/format.ts";
import { printable } from "../view/printable.ts";
import { type CellView, deviationOf, formatLook, type VerdictClass } from "./cell-view.ts";
import type { CellGroup } from "./heat-map.ts";
import { signOf } from "./heat-table.tsx";
import { type Variant, variantsOf } from "./variants.ts";

export const VERDICT_CLASS_WORDS: Readonly<Record<VerdictClass, string>> = {
  conforms: "as the RFCs say",
  deviation: "a known deviation of Linux",
  open: "not seen",
  surprise: "a surprise",
};

export function CellPanel({
  id,
  title,
  group,
}: {
  readonly id: string;
  readonly title: string;
  readonly group: CellGroup;
}) {
  return (
    <section class="panel" id={id} aria-label={title}>
      <h3>
        {title}{" "}
        <a class="close" href={`#${signOf(id)}`}>
          close
        </a>
      </h3>
      {variantsOf(group).map((variant) => (
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
      {alike && others.length > 0 && <p class="also">{others.map(formatOther).join("; ")}</p>}
    </article>
  );
}

const formatOther = ({ table, raw }: CellView): string =>
  `The same over ${table.family}${raw.met === undefined ? "" : `: frame ${raw.met.frame}`}.`;

function Told({ view }: { readonly view: CellView }) {
  const { documented, onLinux, raw, verdictClass, table, state } = view;
  const deviation = deviationOf(view);
  return (
    <dl class={verdictClass}>
      <dt>met, over {table.family}</dt>
      <dd>{raw.met === undefined ? "nothing: the cell was not played" : formatFramed(raw.met)}</dd>
      <dt>answer</dt>
      <dd>{raw.answers.length === 0 ? "nothing" : raw.answers.map(formatFramed).join(", ")}</dd>
      <dt>state</dt>
      <dd>
        {formatLook(raw.before) || state} → {formatLook(raw.after) || "not seen"}
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
        <b>{VERDICT_CLASS_WORDS[verdictClass]}</b>
        {documented.seen === undefined ? `: ${documented.because.map(printable).join("; ")}` : ""}
      </dd>
      <dt>raw</dt>
      <dd>
        <pre>{rawLines(view)}</pre>
      </dd>
    </dl>
  );
}

const formatFramed = (line: SegmentLine): string => `${formatSegment(line)} (frame ${line.frame})`;

function rawLines({ raw }: CellView): string {
  const segments = [...(raw.met === undefined ? [] : [raw.met]), ...raw.answers];
  return [
    ...segments.map(({ frame, header }) => `frame ${frame}: ${header}`),
    ...raw.before.map((sighting) => `before, ${formatSighting(sighting)}`),
    ...raw.after.map((sighting) => `after, ${formatSighting(sighting)}`),
  ].join("\n");
}

const formatSighting = ({ witness, raw }: Sighting): string =>
  `${witness}: ${raw === "" ? formatAbsence(witness) : printable(raw).replace(/ {2,}/g, " ")}`;

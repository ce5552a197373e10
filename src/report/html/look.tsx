// What every witness read in the look after one step: the raw line, and the states that are compatible with it.

import type { Sighting } from "../../evidence/timeline.ts";
import { WITNESSES } from "../../evidence/witnesses.ts";
import { ENDS } from "../../tcp/end.ts";
import { formatAbsence } from "../view/format.ts";
import { verbatim } from "../view/printable.ts";
import type { Moment, SceneView } from "../view/run-view.ts";

const byReadability = (one: Sighting, other: Sighting): number =>
  WITNESSES[one.witness].readability - WITNESSES[other.witness].readability;

export function Look({ moment, scene }: { readonly moment: Moment; readonly scene: SceneView }) {
  const look = scene.evidence.look(moment.action).toSorted(byReadability);
  if (look.length === 0) return <p class="no-look">No witness looked after this step.</p>;
  const sources = new Set(look.map(({ source }) => source)).size;
  return (
    <details class="look">
      <summary>
        Raw lines of {look.length} {look.length === 1 ? "sighting" : "sightings"} ({sources}{" "}
        {sources === 1 ? "source" : "sources"})
      </summary>
      <dl>{[...ENDS, undefined].flatMap((end) => look.filter((sighting) => sighting.end === end).map(witnessed))}</dl>
    </details>
  );
}

/** Two elements for a sighting: there are hundreds of them in a page. */
const witnessed = ({ end, witness, states, raw }: Sighting) => (
  <>
    <dt class={end ?? "both"}>
      {end ?? "both"} <b>{witness}</b> {states?.join(" or ") ?? ""}
    </dt>
    <dd class={end ?? "both"}>{raw === "" ? `(${formatAbsence(witness)})` : verbatim(raw)}</dd>
  </>
);

// What every witness read in the look after one step: the raw line, and the states that are compatible with it.

import type { Sighting } from "../../evidence/timeline.ts";
import { ENDS } from "../../tcp/end.ts";
import { verbatim } from "../printable.ts";
import type { Moment, SceneView } from "../run-view.ts";

export function Look({ moment, scene }: { readonly moment: Moment; readonly scene: SceneView }) {
  const look = scene.evidence.look(moment.action);
  if (look.length === 0) return <p class="no-look">No witness looked after this step.</p>;
  const sources = new Set(look.map(({ source }) => source)).size;
  return (
    <details class="look">
      <summary>
        Raw lines of {look.length} {look.length === 1 ? "sighting" : "sightings"} ({sources}{" "}
        {sources === 1 ? "source" : "sources"})
      </summary>
      <dl>
        {[...ENDS, undefined].flatMap((end) =>
          look
            .filter((sighting) => sighting.end === end)
            .map((sighting) => <Witnessed sighting={sighting} key={sighting.id} />),
        )}
      </dl>
    </details>
  );
}

function Witnessed({ sighting: { end, witness, states, raw } }: { readonly sighting: Sighting }) {
  return (
    <div class={`witnessed ${end ?? "both"}`}>
      <dt>
        <span class="end-word">{end ?? "both"}</span> <span class="witness">{witness}</span>{" "}
        <span class="reads">{states?.join(" or ") ?? ""}</span>
      </dt>
      <dd>{raw === "" ? <em>absent from a complete listing</em> : <code>{verbatim(raw)}</code>}</dd>
    </div>
  );
}

// One scene of the report: what was played, the replay, the document's table, packets and claims.

import { isNoteOf } from "../../evidence/notes.ts";
import { printable } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";
import { settingOf } from "../view/setting-line.ts";
import { Claims } from "./claims.tsx";
import { DocumentedTable } from "./documented-drawing.tsx";
import { Figures } from "./figures.tsx";
import { Packets } from "./packets.tsx";
import { Replay } from "./replay.tsx";
import { VERDICT_TONES, verdictToneOf } from "./verdict-tone.ts";

/** A scene with more of them opens folded. */
const FEW_CLAIMS = 40;
const FEW_PACKETS = 24;

interface SceneSectionOf {
  readonly scene: SceneView;
  readonly claimLimit: number;
  readonly pictures: Readonly<Record<string, string>>;
}

export function SceneSection({ scene, claimLimit, pictures }: SceneSectionOf) {
  const notes = scene.evidence.notes.filter((note) => !isNoteOf(note, "scene"));
  const played = scene.setting !== undefined;
  return (
    <section class="scene" id={`scene-${scene.id}`} aria-labelledby={`title-${scene.id}`}>
      <h2 id={`title-${scene.id}`}>
        <span class="kicker">Scene {scene.id}</span>
        {printable(scene.title)}
      </h2>
      {settingOf(scene) !== "" && <p class="setting">{settingOf(scene)}</p>}
      {scene.documented !== undefined && (
        <details class="part" open>
          <summary>
            <h3>{scene.documented.title}, as documented</h3>
          </summary>
          <DocumentedTable path={scene.documented} claims={scene.claims} />
          <p class="cite">
            {scene.documented.cite}; {scene.documented.numbers} sequence numbers
          </p>
        </details>
      )}
      <Figures scene={scene} pictures={pictures} />
      {scene.moments.length > 0 && (
        <div class="part">
          <h3>What happened, step by step</h3>
          <Replay scene={scene} />
        </div>
      )}
      {notes.length > 0 && (
        <ul class="notes">
          {notes.map(({ id, text }) => (
            <li key={id}>{printable(text)}</li>
          ))}
        </ul>
      )}
      {played && (
        <details class="part" open={scene.evidence.segments.length <= FEW_PACKETS}>
          <summary>
            <h3>Packets</h3> <span class="count">{scene.evidence.segments.length}</span>
          </summary>
          <Packets scene={scene} />
        </details>
      )}
      <details class="part" open={scene.claims.length <= FEW_CLAIMS}>
        <summary>
          <h3>Claims</h3> <span class="count">{countsOf(scene)}</span>
        </summary>
        <Claims scene={scene} limit={claimLimit} />
      </details>
    </section>
  );
}

const WORD = {
  good: "as documented",
  known: "contradicted as expected",
  surprise: "surprising",
  open: "not seen",
} as const;

/** "9 as documented, 2 surprising" */
export const countsOf = ({ claims }: SceneView): string =>
  VERDICT_TONES.flatMap((tone) => {
    const count = claims.filter((claim) => verdictToneOf(claim) === tone).length;
    return count === 0 ? [] : [`${count} ${WORD[tone]}`];
  }).join(", ");

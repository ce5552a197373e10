// The questions that lab sheets ask, answered from this run; on a worksheet with room for the answers.

import { questionsOf } from "../questions/questions.ts";
import { printable } from "../view/printable.ts";
import type { RunView, SceneView } from "../view/run-view.ts";

export function Questions({ view, scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const asked = questionsOf(scenes);
  if (asked.length === 0) return null;
  return (
    <section id="questions">
      <h2>{view.worksheet ? "Questions, to be answered from this run" : "Questions and answers"}</h2>
      <ol class="questions">
        {asked.map(({ scene, question, answer }) => (
          <li key={question}>
            <p class="claim-text">
              {printable(question)}{" "}
              <a class="cite" href={`#scene-${scene}`}>
                scene {scene}
              </a>
            </p>
            {view.worksheet ? <p class="room" /> : <p>{printable(answer)}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}

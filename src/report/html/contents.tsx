// What stands in the page: the scenes with how each fared, and the sections around them.

import { printable } from "../printable.ts";
import type { RunView, SceneView } from "../run-view.ts";
import { countsOf } from "./scene-section.tsx";
import { type Tone, toneOf } from "./tone.ts";

export function Contents({ scenes }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  return (
    <nav aria-label="Scenes">
      <ol class="contents">
        {scenes.map((scene) => (
          <li class={toneOfScene(scene)} key={scene.id}>
            <a href={`#scene-${scene.id}`}>
              <span class="name">{scene.id}</span>
              <span class="title">{printable(scene.title)}</span>
              <span class="count">
                {scene.moments.length === 0 && scene.setting === undefined ? "not played" : countsOf(scene)}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <p class="jump">
        <a href="#corrections">What was refined or contradicted</a> <a href="#unseen">What nobody saw</a>{" "}
        <a href="#machine">The machine</a> <a href="#how-to-read">How to read this</a>
      </p>
    </nav>
  );
}

const WORST: readonly Tone[] = ["surprise", "open", "good", "known"];

const toneOfScene = ({ claims }: SceneView): Tone =>
  WORST.find((tone) => claims.some((claim) => toneOf(claim) === tone)) ?? "good";

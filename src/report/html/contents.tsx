// What stands in the page: the scenes with how each fared, and the sections around them.

import { questionsOf } from "../questions/questions.ts";
import { correctionsAmong } from "../view/corrections.ts";
import { printable } from "../view/printable.ts";
import type { SceneView } from "../view/run-view.ts";
import { countsOf } from "./scene-section.tsx";
import { type VerdictTone, verdictToneOf } from "./verdict-tone.ts";

export function Contents({ scenes }: { readonly scenes: readonly SceneView[] }) {
  return (
    <nav aria-label="Scenes">
      <ol class={scenes.length > FEW ? "contents many" : "contents"}>
        {scenes.map((scene) => (
          <li class={toneOfScene(scene)} key={scene.id}>
            <a href={`#scene-${scene.id}`}>
              <span class="name">{scene.id}</span>
              <span class="title">{printable(scene.title)}</span>
              <span class="count">{scene.setting === undefined ? "not played" : countsOf(scene)}</span>
            </a>
          </li>
        ))}
      </ol>
      <p class="jump">
        {sectionsOf(scenes).map(([id, title]) => (
          <a href={`#${id}`} key={id}>
            {title}
          </a>
        ))}
      </p>
    </nav>
  );
}

/** Below the scenes; what this run has none of is left out. */
const sectionsOf = (scenes: readonly SceneView[]): readonly (readonly [id: string, title: string])[] => [
  ...(scenes.some(({ claims }) => correctionsAmong(claims).length > 0)
    ? [["corrections", "What was refined or contradicted"] as const]
    : []),
  ["unseen", "What nobody saw"],
  ["machine", "The machine"],
  ...(questionsOf(scenes).length > 0 ? [["questions", "Questions"] as const] : []),
  ["how-to-read", "How to read this"],
];

/** More scenes than these are told by their names alone. */
const FEW = 16;

const WORST: readonly VerdictTone[] = ["surprise", "open", "good", "known"];

const toneOfScene = ({ claims }: SceneView): VerdictTone =>
  WORST.find((tone) => claims.some((claim) => verdictToneOf(claim) === tone)) ?? "good";

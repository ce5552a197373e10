// A scene to be stepped through: ladder, figure 5, and what every witness read at each step, side by side.

import { ENDS, type End } from "../../tcp/end.ts";
import type { TcpState } from "../../tcp/state.ts";
import { changedStates, formatStates } from "../view/format.ts";
import { printable } from "../view/printable.ts";
import type { Moment, SceneView } from "../view/run-view.ts";
import { sentIn } from "../view/story.ts";
import { type Move, movesIn } from "../view/walked-arrows.ts";
import { Figure5Drawing } from "./figure-5-drawing.tsx";
import { ENDED } from "./figure-5-layout.ts";
import { formatMove, Walked } from "./figure-5-legend.tsx";
import { LadderDrawing } from "./ladder-drawing.tsx";
import { layOutLadder, STEP_LIMIT } from "./ladder-layout.ts";
import { Look } from "./look.tsx";

export function Replay({ scene }: { readonly scene: SceneView }) {
  const layout = layOutLadder(scene);
  const moments = layout.bands.map(({ moment }) => moment);
  const moves = movesIn(scene);
  const left = scene.moments.length - moments.length;
  return (
    <div class="replay" data-replay={moments.length}>
      <Controls scene={scene} steps={moments.length} />
      <div class="stage">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <section class="ladder-frame" aria-label={`Ladder of scene ${scene.id}`} tabIndex={0}>
          <LadderDrawing scene={scene} layout={layout} />
        </section>
        {moves.length > 0 && (
          <figure class="figure-frame">
            <Figure5Drawing
              moves={moves}
              label={`Figure 5 with the arrows that scene ${scene.id} walked; they are listed below.`}
              replayed
            />
            <figcaption>
              <Walked moves={moves} begins={scene.begins} />
            </figcaption>
          </figure>
        )}
        <ol class="steps" aria-label={`Steps of scene ${scene.id}`}>
          {moments.map((moment) => (
            <Step moment={moment} scene={scene} moves={moves} key={moment.number} />
          ))}
        </ol>
      </div>
      {left > 0 && (
        <p class="limit">
          Of {scene.moments.length} steps the first {STEP_LIMIT} are drawn; all are in timeline.jsonl.
        </p>
      )}
    </div>
  );
}

/** Shown by the script alone: without it every step is told anyway. */
function Controls({ scene, steps }: { readonly scene: SceneView; readonly steps: number }) {
  return (
    <fieldset class="controls" hidden>
      <legend class="unseen">Replay of scene {scene.id}</legend>
      <button type="button" class="play" aria-label="Play">
        <Icon path="M3 1.5l11 6.5l-11 6.5z" /> <span class="word">Play</span>
      </button>
      <button type="button" data-go="previous" aria-label="Previous step">
        <Icon path="M10.5 2.5L5 8l5.5 5.5" /> <span class="word">Previous</span>
      </button>
      <input type="range" min={1} max={steps} value={steps} aria-label="Step" />
      <output class="position">
        <span class="count" aria-hidden="true" /> <span class="unseen" />
      </output>
      <button type="button" data-go="next" aria-label="Next step">
        <span class="word">Next</span> <Icon path="M5.5 2.5L11 8l-5.5 5.5" />
      </button>
    </fieldset>
  );
}

const Icon = ({ path }: { readonly path: string }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** CLOSED stands twice in the figure: an end whose connection ended is in the lower one. */
function nodeOf(state: TcpState, end: End, step: number, moves: readonly Move[]): string {
  const last = moves.findLast((move) => move.end === end && move.step <= step);
  const ended = last !== undefined && last.from !== "LISTEN" && last.from !== "SYN_SENT";
  return state === "CLOSED" && ended ? ENDED : state;
}

function Step({
  moment,
  scene,
  moves,
}: {
  readonly moment: Moment;
  readonly scene: SceneView;
  readonly moves: readonly Move[];
}) {
  const { number, action, states } = moment;
  const sent = sentIn(moment);
  const walked = moves.filter(({ step }) => step === number);
  const known = Object.fromEntries(
    ENDS.flatMap((end) => {
      const [state, ...others] = states[end] ?? [];
      return state === undefined || others.length > 0 ? [] : [[`data-${end}`, nodeOf(state, end, number, moves)]];
    }),
  );
  return (
    <li data-step={number} {...known}>
      <p class="sentence">{printable(action.sentence)}</p>
      {sent !== "" && <p class="sent">{sent}</p>}
      <p class="states">
        {ENDS.map((end) => (
          <StateChip end={end} moment={moment} scene={scene} key={end} />
        ))}
      </p>
      {walked.length > 0 && <p class="moves">{walked.map(formatMove).join(" ")}</p>}
      <Look moment={moment} scene={scene} />
    </li>
  );
}

function StateChip({ end, moment, scene }: { readonly end: End; readonly moment: Moment; readonly scene: SceneView }) {
  const states = formatStates(moment.states[end]);
  const changed = changedStates(moment, scene, end) !== undefined;
  return (
    <span class={`chip ${end}${changed ? " changed" : ""}`}>
      <span class="who">{end}</span> {states === "" ? "nobody looked" : states}
    </span>
  );
}

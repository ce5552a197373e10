// report.html of a run: one file that fetches nothing, made of the same view as report.md.

import { renderToString } from "preact-render-to-string";
import { printable } from "../view/printable.ts";
import { type RunView, type SceneView, scenesOf, storiesOf } from "../view/run-view.ts";
import { movesIn } from "../view/walked-arrows.ts";
import { Arrows } from "./arrows.tsx";
import { Banner } from "./banner.tsx";
import { Contents } from "./contents.tsx";
import { pageDocument } from "./document.tsx";
import { Figure5Defs } from "./figure-5-drawing.tsx";
import { Circumstances, Corrections, Remarks, Surprises, Unseen } from "./findings.tsx";
import { Machine } from "./machine.tsx";
import { MatrixSection } from "./matrix-section.tsx";
import { Questions } from "./questions.tsx";
import { SceneSection } from "./scene-section.tsx";
import { SummaryDrawing, summaryDrawingOf } from "./summary-drawing.tsx";
import { Ways } from "./ways.tsx";

/** Claims in the whole page: beyond these a browser becomes slow. */
const CLAIM_LIMIT = 1500;

export function reportHtml(view: RunView, scenes: readonly SceneView[] = scenesOf(view)): string {
  const { run } = view.verdict;
  return pageDocument(
    printable(`lab:${view.lab.id}, run ${run.id}`),
    renderToString(<Report view={view} scenes={scenes} />),
  );
}

function Report({ view: run, scenes: all }: { readonly view: RunView; readonly scenes: readonly SceneView[] }) {
  const { view, scenes } = storiesOf(run, all);
  const moves = scenes.flatMap(movesIn);
  const drawing = summaryDrawingOf(view, scenes, moves);
  const claimLimit = Math.max(10, Math.floor(CLAIM_LIMIT / scenes.length));
  return (
    <>
      <Figure5Defs />
      <header class="top">
        <Banner view={run} scenes={all} />
        <SummaryDrawing drawing={drawing} />
      </header>
      <main>
        <Contents scenes={scenes} />
        <Circumstances view={run} scenes={all} />
        <Surprises view={view} scenes={scenes} />
        <MatrixSection scenes={all} />
        {moves.length > 0 && <Ways moves={moves} isDrawn={drawing?.of === "figure 5"} />}
        <Arrows view={view} scenes={scenes} />
        {scenes.map((scene) => (
          <SceneSection scene={scene} claimLimit={claimLimit} pictures={view.pictures ?? {}} key={scene.id} />
        ))}
        <Corrections scenes={scenes} />
        <Remarks view={view} scenes={scenes} />
        <Unseen view={view} scenes={scenes} />
        <Machine environment={view.environment} />
        <Questions view={view} scenes={scenes} />
        <HowToRead />
      </main>
      <footer>
        <p>
          Made by {printable(view.verdict.run.tool)} from timeline.jsonl and capture.pcapng, which lie beside this file:{" "}
          <code>npm run judge -- FOLDER</code> judges them again.
        </p>
      </footer>
    </>
  );
}

const HowToRead = () => (
  <section id="how-to-read">
    <h2>How to read this</h2>
    <ul class="notes">
      <li>
        <b>conforms</b>, <b>contradicts</b>: what was seen is, or is not, what is documented. A slip of the document
        that is known contradicts <i>as expected</i>.
      </li>
      <li>
        <b>disagree</b>: the witnesses cannot all be right. <b>unwitnessed</b>: nobody saw it. <b>unsupported</b>:
        nobody could, on this machine.
      </li>
      <li>
        Witnesses that read the same part of the kernel are one <i>source</i>: ss and sock-diag ask inet_diag; netstat
        and procfs read /proc/net.
      </li>
      <li>
        In a ladder a circle before a lifeline is a segment held at its receiver's gate, the dotted line is the time
        that it waits, ✕ a loss, ◆ the lab's own hand: a forged or changed segment. Relative numbers count from the
        first number that each end sent.
      </li>
      <li>
        The checksums in capture.pcapng are as the kernel left them on loopback: partial. Every packet there carries a
        comment.
      </li>
    </ul>
  </section>
);

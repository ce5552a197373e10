// The page that links every run of a results folder: of each lab the latest run with its question and how it came out, then the earlier ones.

import { renderToString } from "preact-render-to-string";
import type { VerdictDocument } from "../../verdict/document-schema.ts";
import { formatCounts, formatSummary } from "../view/claim-rows.ts";
import { printable } from "../view/printable.ts";
import { headlineOf, Proportions, verdictToneOfRun } from "./banner.tsx";
import { pageDocument } from "./document.tsx";

export interface RunEntry {
  /** Below the page: "handshake/2026-11-23T08-15-30Z-3fa9c1". */
  readonly folder: string;
  readonly verdict: VerdictDocument;
  /** What the lab asks, where that is known. */
  readonly question?: string;
  /** Names of the files that the run left. */
  readonly files: readonly string[];
}

/** `runs`: the latest first. */
export function indexPage(runs: readonly RunEntry[]): string {
  return pageDocument("Runs of tcp-loopback-lab", renderToString(<Index runs={runs} />));
}

function Index({ runs }: { readonly runs: readonly RunEntry[] }) {
  const latest = runs
    .filter(({ verdict }) => runs.find((run) => run.verdict.run.lab === verdict.run.lab)?.verdict === verdict)
    .sort((one, other) => one.verdict.run.lab.localeCompare(other.verdict.run.lab));
  const earlier = runs.filter((run) => !latest.includes(run));
  return (
    <>
      <header class="top">
        <Summary latest={latest} />
      </header>
      <main>
        <ul class="contents runs">
          {latest.map((run) => (
            <Card run={run} key={run.folder} />
          ))}
        </ul>
        {earlier.length > 0 && (
          <section id="earlier">
            <h2>Earlier runs</h2>
            <ul class="notes">
              {earlier.map((run) => (
                <li key={run.folder}>
                  <a href={reportOf(run)}>
                    {printable(run.verdict.run.lab)}, {printable(run.verdict.run.startedAt)}
                  </a>
                  {run.verdict.run.student !== undefined && `, ${printable(run.verdict.run.student)}`}:{" "}
                  {formatSummary(run.verdict)}
                </li>
              ))}
            </ul>
          </section>
        )}
      </main>
    </>
  );
}

function Summary({ latest }: { readonly latest: readonly RunEntry[] }) {
  const surprises = latest.reduce((sum, { verdict }) => sum + verdict.summary.surprises, 0);
  const open = latest.some(({ verdict }) => verdictToneOfRun(verdict) === "open");
  const facts = ["student", "kernel", "tool"] as const;
  return (
    <div class="banner">
      <p class="kicker">Runs of tcp-loopback-lab</p>
      <h1>
        What this kernel's TCP did in {latest.length} {latest.length === 1 ? "lab" : "labs"}
      </h1>
      <div class={`outcome ${surprises > 0 ? "surprise" : open ? "open" : "good"}`}>
        <p class="headline">
          {surprises === 0 ? "No surprise" : surprises === 1 ? "One surprise" : `${surprises} surprises`}
          {surprises === 0 && open && ", but not everything could be seen"}
        </p>
        <Proportions claims={latest.flatMap(({ verdict }) => verdict.claims)} />
      </div>
      <dl class="identity">
        {facts.map((fact) => {
          const values = [...new Set(latest.flatMap(({ verdict }) => verdict.run[fact] ?? []))];
          return values.length === 0 ? null : (
            <div key={fact}>
              <dt>{fact}</dt>
              <dd>{values.map(printable).join(", ")}</dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Card({ run }: { readonly run: RunEntry }) {
  const { question, verdict, files, folder } = run;
  return (
    <li class={verdictToneOfRun(verdict)}>
      <a href={reportOf(run)}>
        <span class="name">{printable(verdict.run.lab)}</span>
        <span class="title">{printable(question ?? "")}</span>
        <span class="count">
          {headlineOf(verdict)}. {formatCounts(verdict.claims)}.
        </span>
      </a>
      <p class="files">
        {files.map((file) => (
          <a href={linkTo(folder, file)} key={file}>
            {printable(file)}
          </a>
        ))}
      </p>
    </li>
  );
}

const reportOf = ({ folder, files }: RunEntry): string =>
  linkTo(folder, files.includes("report.html") ? "report.html" : "report.md");

/** Relative, whatever the folders are called: what stands before a colon would be a scheme. */
const linkTo = (folder: string, file: string): string =>
  [...folder.split("/"), file].map((part) => encodeURIComponent(part)).join("/");

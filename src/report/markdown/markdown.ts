// report.md of a run: what a lab sheet asks for, from the question to the raw lines.

import { isNoteOf } from "../../evidence/notes.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { pictureNames } from "../charts/picture-names.ts";
import { matrixSections } from "../matrix/markdown-matrix.ts";
import { questionSection } from "../questions/format-questions.ts";
import { arrowTable } from "../view/arrow-table.ts";
import { CIRCUMSTANCES, formatCircumstances } from "../view/circumstances.ts";
import { formatSummary } from "../view/claim-rows.ts";
import { correctionsAmong } from "../view/corrections.ts";
import { type FigureTable, figuresOf } from "../view/figure-rows.ts";
import { flagTable } from "../view/flag-table.ts";
import { formatSeen, formatVerdict, formatWitnesses } from "../view/format.ts";
import { ladderRows } from "../view/ladder-row.ts";
import { packetTable } from "../view/packet-table.ts";
import { type RunView, type SceneView, scenesOf, storiesOf } from "../view/run-view.ts";
import { settingOf } from "../view/setting-line.ts";
import { stateTable } from "../view/state-table.ts";
import { story } from "../view/story.ts";
import { claimsTable } from "./claims-table.ts";
import { environmentSection } from "./environment.ts";
import { figure5Section, waysOf } from "./figure-5.ts";
import { correctionSection, remarkSection, surpriseSection, unseenSection } from "./findings.ts";
import { sequenceDiagram } from "./mermaid.ts";
import { escaped, table } from "./text.ts";

export function reportMarkdown(view: RunView, scenes: readonly SceneView[] = scenesOf(view)): string {
  const stories = storiesOf(view, scenes);
  const corrections = stories.scenes.flatMap(({ claims }) => correctionsAmong(claims));
  const sections = [
    `# Lab report: ${view.lab.id}`,
    runTable(view),
    `> ${escaped(view.lab.question)}`,
    formatSummary(view.verdict),
    circumstancesSection(view, scenes),
    surpriseSection(stories.view.verdict, stories.scenes),
    ...matrixSections(scenes),
    summarySection("The arrows", arrowTable(view, scenes)),
    figure5Section(stories.scenes),
    ...stories.scenes.flatMap(sceneSections),
    summarySection("The flags that were sent, and how often", flagTable(stories.scenes)),
    correctionSection(corrections),
    remarkSection(stories.view.verdict.claims, corrections),
    unseenSection(stories.view, stories.scenes),
    questionSection(view, scenes),
    environmentSection(view.environment),
    HOW_TO_READ,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function circumstancesSection(view: RunView, scenes: readonly SceneView[]): string {
  const told = formatCircumstances(view, scenes).map((line) => `- ${escaped(line)}`);
  return told.length === 0 ? "" : `## ${CIRCUMSTANCES}\n\n${told.join("\n")}`;
}

/** A table of what all scenes came to together. */
const summarySection = (title: string, drawn: string): string => (drawn === "" ? "" : `## ${title}\n\n${drawn}`);

function runTable({ verdict, environment }: RunView): string {
  const { run } = verdict;
  const rows = [
    ...(run.student === undefined ? [] : [["student", run.student]]),
    ["run", run.id],
    ["started", run.startedAt],
    ["kernel", [environment.kernel, environment.kernelBuild, environment.machine].filter(Boolean).join(", ")],
    ["tool", [run.tool, environment.node && `Node ${environment.node}`].filter(Boolean).join(", ")],
    ...(run.nonce === undefined ? [] : [["nonce", run.nonce]]),
  ];
  return table(
    ["", ""],
    rows.map((cells) => cells.map(escaped)),
  );
}

function sceneSections(scene: SceneView): readonly string[] {
  const titles = [`## Scene ${scene.id}`, `${escaped(scene.title)} ${escaped(settingOf(scene))}`.trimEnd()];
  const notes = scene.evidence.notes.filter((note) => !isNoteOf(note, "scene")).map(({ text }) => `- ${escaped(text)}`);
  const figures = figuresOf(scene);
  if (figures !== undefined)
    return [...titles, ...figureSections(scene, figures), notes.join("\n"), "### Claims", claimsTable(scene)];
  if (scene.moments.length === 0) return [...titles, notes.join("\n"), "### Claims", claimsTable(scene)];
  return [
    ...titles,
    ...ladderSection(scene),
    "### What happened",
    story(scene),
    waysOf(scene),
    "### Sequence",
    sequenceDiagram(scene),
    "### Packets",
    packetTable(scene),
    notes.join("\n"),
    "### States",
    stateTable(scene),
    "### Claims",
    claimsTable(scene),
  ];
}

/** What was measured, and the pictures that lie beside the report. */
function figureSections(scene: SceneView, { head, rows }: FigureTable): readonly string[] {
  const cells = [head, ...rows].map((row) => row.map(escaped));
  const pictures = pictureNames(scene).map(({ file, title }) => `![${escaped(title)}](${file})`);
  const looks = scene.moments.length === 0 ? [] : ["### States", stateTable(scene)];
  return ["### Figures", table(cells[0] ?? [], cells.slice(1)), ...pictures, ...looks];
}

function ladderSection({ documented, claims }: SceneView): readonly string[] {
  if (documented === undefined) return [];
  const rows = ladderRows(documented, claims).map(({ client, server, segment, judged }) => [
    client,
    segment === undefined ? "" : segment.from === "client" ? `${segment.text} →` : `← ${segment.text}`,
    server,
    alike(judged.map(formatJudgement)),
    alike(judged.map(formatWitnesses)),
  ]);
  return [
    `### ${escaped(documented.title)}, as documented`,
    table(["client", "segment", "server", "verdict", "seen by"], rows),
    `(${escaped(documented.cite)}; ${documented.numbers} sequence numbers)`,
  ];
}

function formatJudgement(claim: JudgedClaim): string {
  const instead = claim.verdict === "contradicts" ? `, seen ${escaped(formatSeen(claim))}` : "";
  return `${formatVerdict(claim)}${instead}`;
}

/** Once where it is the same for both ends, else one line for each, the client's first. */
const alike = (cells: readonly string[]): string => (new Set(cells).size < 2 ? (cells[0] ?? "") : cells.join("<br>"));

const HOW_TO_READ = `## How to read this

- **conforms**, **contradicts**: what was seen is, or is not, what is documented. A slip of the document that is known contradicts *as expected*.
- **disagree**: the witnesses cannot all be right. **unwitnessed**: nobody saw it. **unsupported**: nobody could, on this machine.
- Witnesses that read the same part of the kernel are one *source*: ss and sock-diag ask inet_diag; netstat and procfs read /proc/net.
- Relative numbers count from the first number that each end sent.
- The checksums in capture.pcapng are as the kernel left them on loopback: partial. Every packet there carries a comment.`;

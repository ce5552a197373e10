import assert from "node:assert/strict";
import { test } from "node:test";
import { reachStep } from "../../drive/encounter.ts";
import type { TimelineLine } from "../../evidence/timeline.ts";
import { claimsOfCell } from "../../rfc-model/cells/cell-claims.ts";
import { type CellTable, cellsOfTable, nameOfTable } from "../../rfc-model/cells/cell-table.ts";
import type { Cell } from "../../rfc-model/cells/segment-cells.ts";
import type { End } from "../../tcp/end.ts";
import { action, segment, sighting } from "../../testing/scene-of-lines.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { SceneEvidence } from "../../verdict/scene-evidence.ts";
import { type RunView, type SceneView, storiesOf } from "../view/run-view.ts";
import { cellViewsOf, deviationOf } from "./cell-view.ts";
import { cellsCsv } from "./cells-csv.ts";
import { heatMapsOf, SYMBOL, toneOf } from "./heat-map.ts";
import { heatMapPicture } from "./heat-map-picture.tsx";
import { placeInFigure } from "./machine-table.tsx";
import { matrixSections } from "./markdown-matrix.ts";
import { matrixPage } from "./matrix-page.tsx";
import { formatMatrixSummary } from "./matrix-summary.ts";
import { machineDot, machineMermaid, observedEdges } from "./observed-machine.ts";
import { renderMatrix } from "./terminal-matrix.ts";

const LISTEN: CellTable = { situation: "listen", family: "ipv4", timestamps: false };
const scene = nameOfTable(LISTEN);

/** Every claim seen as Linux is known to do it; but SYN ACK surprises, and nobody saw RST. */
const judged = (): readonly JudgedClaim[] =>
  judgedAs(LISTEN, "server", ({ id }, known) => (id === "syn-ack" ? "nothing; CLOSED" : known));

/** `see`: what a cell answered; `known`: what the newest Linux is known to. */
function judgedAs(table: CellTable, subject: End, see: (cell: Cell, known: string) => string): readonly JudgedClaim[] {
  const scene = nameOfTable(table);
  return cellsOfTable(table).flatMap((cell) => {
    const claims = claimsOfCell(cell, subject, `meet ${cell.id}`);
    const seen = see(cell, String(claims.at(-1)?.documented.value).split(" | ")[0] ?? "");
    return claims.map(({ ask, refines, forms = [], ...claim }) => {
      const conforms = ask.what === "encounter" && ask.permits.includes(seen);
      const form = forms.find(({ value }) => value.value === seen);
      return {
        ...claim,
        ...(form !== undefined && { form: { id: form.id, told: form.told } }),
        id: `matrix.${scene}.${claim.id}`,
        ...(refines !== undefined && { refines: `matrix.${scene}.${refines}` }),
        scene,
        expected: claim.expected ?? "conforms",
        ...(cell.id !== "rst" && { seen: { kind: "text", value: seen } as const }),
        verdict: cell.id === "rst" ? "unwitnessed" : conforms ? "conforms" : "contradicts",
        witnesses: ["wire", "procfs"],
        sources: ["wire", "proc"],
        because: ["as it is"],
        evidence: cell.id === "syn" ? ["e3", "e4"] : [],
      } satisfies JudgedClaim;
    });
  });
}

const LINES: readonly TimelineLine[] = [
  action({ id: "e1", step: reachStep("syn") }),
  action({ id: "e2", step: "meet syn" }),
  segment({ id: "e3", frame: 1, flags: ["SYN"], origin: "forged", seq: 5000, header: "4500" }),
  segment({ id: "e4", frame: 2, flags: ["SYN", "ACK"], end: "server", seq: 77, ack: 5001, header: "4501" }),
  sighting({ id: "e5", after: "e2", end: "server", states: ["SYN_RCVD"], raw: "<0: 0100007F:1F40>" }),
];

const SCENE: SceneView = {
  id: scene,
  title: "LISTEN meets segments.",
  mode: "encounters",
  numbers: "relative",
  begins: "CLOSED",
  moments: [],
  evidence: new SceneEvidence(LINES),
  claims: judged(),
};

const CELLS = cellViewsOf([SCENE]);

const RUN = {
  id: "now",
  lab: "matrix",
  startedAt: "",
  tool: "<b>",
  kernel: "",
  evidence: { timeline: "", capture: "" },
};

test("a matrix is summed up in one line", () => {
  assert.equal(
    formatMatrixSummary(CELLS),
    "10 cells: 7 conform, 1 known deviation of Linux, 1 nobody saw, 1 surprise.",
  );
});

test("an answer that some kernels are known to give is no surprise, and the report says which kernels and since when", () => {
  const table: CellTable = { situation: "established", family: "ipv4", timestamps: false };
  const claims = judgedAs(table, "client", ({ id }, known) =>
    id === "ack-next-ack-beyond" ? "nothing; ESTABLISHED" : known,
  );
  const view: SceneView = { ...SCENE, id: nameOfTable(table), claims };
  const cells = cellViewsOf([view]);
  const former = cells.find(({ cell }) => cell.id === "ack-next-ack-beyond");
  assert.deepEqual([former?.verdictClass, former && deviationOf(former)], ["deviation", "before-ack-of-unsent-data"]);
  assert.equal(cells.filter(({ verdictClass }) => verdictClass === "surprise").length, 0);
  const told = "Linux before 42726ec644cb (7.1, 6.18.33) drops in ESTABLISHED";
  for (const text of [renderMatrix([view], { columns: 2000, colour: false }), matrixSections([view]).join("\n")])
    assert.ok(text.includes(told), text);
  assert.match(matrixPage(RUN, cells), /Where kernels differ/);
});

test("a kernel that shows both sides of one change is told, wherever forms are; one side alone is not", () => {
  const table: CellTable = { situation: "established", family: "ipv4", timestamps: false };
  const viewOf = (former: RegExp): SceneView => {
    const see = ({ id }: Cell, known: string) => (former.test(id) ? "nothing; ESTABLISHED" : known);
    return { ...SCENE, id: nameOfTable(table), claims: judgedAs(table, "client", see) };
  };
  const textsOf = (view: SceneView) => [
    renderMatrix([view], { columns: 2000, colour: false }),
    matrixSections([view]).join("\n"),
    matrixPage(RUN, cellViewsOf([view])),
  ];
  for (const text of textsOf(viewOf(/^ack-next-ack-beyond$/)))
    assert.match(text, /both sides of the change ack-of-unsent-data: 1 cell as before it, \d+ as since/);
  for (const text of textsOf(viewOf(/-ack-beyond$/))) assert.doesNotMatch(text, /both sides/);
});

test("the heat map has one sign for a state without places, and shows the gravest", () => {
  const [map] = heatMapsOf(CELLS);
  const signs = Object.entries(map?.rows[0]?.squares ?? {}).map(([name, spots]) => [
    name,
    spots.map((spot) => SYMBOL[toneOf(spot) ?? "open"]).join(""),
  ]);
  assert.deepEqual(Object.fromEntries(signs), {
    syn: "·",
    "syn-ack": "!",
    "syn-fin": "D",
    ack: "·",
    fin: "·",
    "fin-ack": "·",
    rst: "?",
    "rst-ack": "·",
    data: "·",
    urgent: "·",
  });
});

test("the terminal's map fits 80 columns and names the deviation", () => {
  const told = renderMatrix([SCENE], { colour: false, columns: 80 });
  assert.ok(
    told.split("\n").every((line) => line.length <= 80),
    told,
  );
  assert.match(told, /^LISTEN {14}· {5}! {5}D/m);
  assert.match(told, /1 syn-fin-not-for-a-listener: tcp_rcv_state_process\(\)/);
});

test("report.md tells the maps, the cells that went astray, the deviations and both machines", () => {
  const told = matrixSections([SCENE]).join("\n\n");
  assert.match(told, /\| LISTEN \| `·` \| `!` \| `D` \|/);
  assert.match(told, /`matrix\.listen-ipv4\.syn-ack`.*nothing; CLOSED \| surprise/);
  assert.match(told, /`syn-fin-not-for-a-listener` \| 1 \|/);
  assert.equal(told.match(/```mermaid\nstateDiagram-v2/g)?.length, 2);
});

test("cells.csv has a line for each cell, quoted where it must be", () => {
  const lines = cellsCsv(CELLS).split("\r\n");
  assert.equal(lines.length, 1 + CELLS.length + 1);
  assert.match(lines[1] ?? "", /^ipv4,no,listen,LISTEN,SYN,,,,SYN ACK seq=ISS ack=SEG\.SEQ\+1; SYN_RCVD,/);
  assert.match(lines[1] ?? "", /"RFC 9293 §3\.10\.7\.2, third"/);
  assert.match(lines[1] ?? "", /,SYN_RCVD,conforms,,conforms,conforms,wire procfs,matrix\.listen-ipv4\.syn$/);
});

test("the observed machine has what was seen, not what is documented", () => {
  const edges = observedEdges(CELLS);
  assert.match(machineMermaid(edges), /LISTEN --> SYN_RCVD : SYN \/ SYN ACK/);
  assert.match(machineMermaid(edges), /LISTEN --> CLOSED : SYN ACK$/m);
  assert.match(machineDot(edges), /^ {2}LISTEN \[label="LISTEN\\n\\nSYN FIN\\l/m);
  assert.doesNotMatch(machineDot(edges), /SYN FIN \/ SYN ACK/);
});

test("a table of cells has maps of its own; other encounters are told like any scene", () => {
  const view = { verdict: { claims: SCENE.claims } } as unknown as RunView;
  const told = storiesOf(view, [SCENE, { ...SCENE, id: "each-state" }]);
  assert.deepEqual(
    told.scenes.map(({ id }) => id),
    ["each-state"],
  );
});

test("every observed move is held against figure 5", () => {
  const placed = observedEdges(CELLS)
    .filter(({ from, to }) => from !== to)
    .map((edge) => `${edge.segment} to ${edge.to}: ${placeInFigure(edge)}`);
  assert.deepEqual(placed, ["SYN ACK to CLOSED: not drawn", "SYN to SYN_RCVD: arrow 4"]);
  const edge = { answer: "nothing", places: "", cells: 1 } as const;
  assert.equal(placeInFigure({ ...edge, from: "SYN_RCVD", to: "LISTEN", segment: "RST" }), "arrow 9");
  assert.equal(placeInFigure({ ...edge, from: "SYN_RCVD", to: "LISTEN", segment: "SYN" }), "not drawn");
  assert.equal(placeInFigure({ ...edge, from: "TIME_WAIT", to: "CLOSED", segment: "RST ACK" }), "note 3");
  assert.equal(placeInFigure({ ...edge, from: "LAST_ACK", to: "CLOSED", segment: "ACK" }), "arrow 19");
  assert.equal(placeInFigure({ ...edge, from: "FIN_WAIT_1", to: "TIME_WAIT", segment: "FIN ACK" }), "note 2");
});

test("matrix.html opens every sign, escapes what it was given, and has no script", () => {
  const page = matrixPage(RUN, CELLS);
  assert.match(page, /Content-Security-Policy" content="default-src &#39;none&#39;|default-src 'none'/);
  assert.doesNotMatch(page, /<script|javascript:|<b>&|\son[a-z]+=/);
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(targets.length > 10);
  for (const id of targets) assert.ok(page.includes(`id="${id}"`), `nothing opens at #${id}`);
  assert.ok(page.includes("SYN ACK seq=77 ack=5001 (frame 2)"));
  assert.ok(page.includes("&lt;0: 0100007F:1F40>"));
});

test("heat-map.svg shows every sign, needs nothing beside it, and is read on dark paper as well", () => {
  const picture = heatMapPicture(CELLS);
  const shown = [...picture.matchAll(/<use href="#([^"]+)" x/g)].map(([, id]) => id);
  assert.equal(shown.length, 10);
  assert.deepEqual(
    ["deviation", "surprise", "open"].map((tone) => shown.filter((id) => id === `wide-${tone}`).length),
    [1, 1, 1],
  );
  for (const id of shown) assert.ok(picture.includes(`<g id="${id}">`), id);
  assert.match(picture, /prefers-color-scheme: dark/);
  assert.doesNotMatch(picture, /<script|url\(|href="[^#]/);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { arrow } from "../../claims/arrows.ts";
import type { TimelineLine } from "../../evidence/timeline.ts";
import type { SteppedScene } from "../../lab/scene.ts";
import { claimsOf } from "../../lab/scene-claims.ts";
import { EXAMPLE } from "../../testing/example-run.ts";
import { action, note, segment, sighting } from "../../testing/scene-of-lines.ts";
import { verdictDocumentOf } from "../../verdict/verdict-document.ts";
import { arrowTable } from "./arrow-table.ts";
import { type RunView, scenesOf } from "./run-view.ts";

const SCENE: SteppedScene = {
  ...arrow("LISTEN", "SYN_RCVD", { end: "server", of: "deliver SYN" }),
  mode: "stepped",
  play: async () => {},
};
const LAB = { id: "example", question: "?", scenes: [SCENE] };
const DIGESTS = { timeline: "0".repeat(64), capture: "0".repeat(64) };
const CAPABILITIES = ["namespace", "wire", "hold"];

const own = <L extends TimelineLine>(line: L): L => ({ ...line, scene: SCENE.id });

const LINES: readonly TimelineLine[] = [
  note({ id: "e1", topic: "run", data: { lab: "example", capabilities: CAPABILITIES } }),
  own(note({ id: "e2", topic: "scene" })),
  own(action({ id: "e3", step: "client connect" })),
  own(segment({ id: "e4", frame: 1, flags: ["SYN"] })),
  own(sighting({ id: "e5", after: "e3", end: "server", states: ["LISTEN"] })),
  own(action({ id: "e6", step: "deliver SYN", sentence: "The wire | hands on.", fate: "delivered", segments: ["e4"] })),
  own(segment({ id: "e7", frame: 2, end: "server", flags: ["SYN", "ACK"] })),
  own(sighting({ id: "e8", after: "e6", end: "server", states: ["SYN_RCVD"] })),
];

function viewOf(timeline: readonly TimelineLine[]): RunView {
  const claims = claimsOf(LAB);
  return {
    lab: LAB,
    claims,
    verdict: verdictDocumentOf(claims, timeline, DIGESTS),
    timeline,
    environment: { kernel: "" },
  };
}

const tableOf = (view: RunView) => arrowTable(view, scenesOf(view));

test("an arrow's row tells how it was provoked, what came in and went out, and the states before and after", () => {
  const [, , row] = tableOf(viewOf(LINES)).split("\n");
  assert.equal(
    row,
    "| arrow 4 | LISTEN to SYN_RCVD | The wire \\| hands on. | SYN | SYN ACK | LISTEN | SYN_RCVD | procfs | ✔ conforms |",
  );
});

test("an arrow that nobody went stands in the table with empty cells and its verdict", () => {
  const [, , row] = tableOf(viewOf(LINES.slice(0, 3))).split("\n");
  assert.match(row ?? "", /^\| arrow 4 \| LISTEN to SYN_RCVD \|( +\|){6} \? unwitnessed \|$/);
});

test("a lab that goes no numbered arrow has no such table", () => {
  assert.equal(tableOf(EXAMPLE), "");
});

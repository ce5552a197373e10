// The arrows that a lab went, in one table: how each was provoked, what came in and went out, the state before and after.

import type { Claim } from "../../claims/claim.ts";
import type { Question } from "../../claims/question.ts";
import type { SegmentLine } from "../../evidence/timeline.ts";
import { formatFlags } from "../../tcp/flags.ts";
import type { JudgedClaim } from "../../verdict/document-schema.ts";
import { escaped, table } from "../markdown/text.ts";
import { formatVerdict, formatWitnesses } from "./format.ts";
import type { Moment, RunView, SceneView } from "./run-view.ts";

type Transition = Question<"transition">;
type Encounter = Question<"encounter">;

interface Arrow {
  readonly name: string;
  readonly scene: SceneView;
  readonly ask: Transition | Encounter;
  readonly judged: JudgedClaim;
}

export const ARROW_HEAD = [
  "",
  "documented",
  "how it was provoked",
  "in",
  "out",
  "before",
  "after",
  "seen by",
  "verdict",
];

/** How claims name what figure 5 draws or notes; others number the sentences of a document. */
const IN_THE_FIGURE = /^(arrow|note) \d/;

/** The table's cells as plain text; none in labs that go no numbered arrow. */
export const arrowRows = (view: RunView, scenes: readonly SceneView[]): readonly (readonly string[])[] =>
  view.claims.flatMap((claim) => arrowsOf(claim, view, scenes)).map(row);

/** "" in labs that go no numbered arrow. */
export function arrowTable(view: RunView, scenes: readonly SceneView[]): string {
  const rows = arrowRows(view, scenes);
  return rows.length === 0
    ? ""
    : table(
        ARROW_HEAD,
        rows.map((cells) => cells.map(escaped)),
      );
}

/** A claim that is numbered: of one arrow, or of each of several encounters. */
function arrowsOf(claim: Claim, view: RunView, scenes: readonly SceneView[]): readonly Arrow[] {
  const { ref, ask } = claim;
  const scene = scenes.find(({ id }) => id === claim.scene);
  if (ref === undefined || !IN_THE_FIGURE.test(ref) || scene === undefined) return [];
  if (ask.what === "transition") return [{ name: ref, scene, ask, judged: judgedOf(claim, view) }];
  if (ask.what !== "each") return [];
  const meant = ask.claims.map((id) => view.claims.find((one) => one.id === `${claim.id}.${id}`));
  return meant.flatMap((one) =>
    one?.ask.what === "encounter" ? [{ name: ref, scene, ask: one.ask, judged: judgedOf(one, view) }] : [],
  );
}

function judgedOf({ id }: Claim, { verdict }: RunView): JudgedClaim {
  const judged = verdict.claims.find((claim) => claim.id === id);
  if (judged === undefined) throw new Error(`arrow table: ${id} was not judged`);
  return judged;
}

function row({ name, scene, ask, judged }: Arrow): readonly string[] {
  const moment = scene.moments.find(({ action }) => action.step === ask.of);
  const [before, after] = statesOf(ask, judged);
  return [
    name,
    ask.what === "transition" ? String(judged.documented.value) : `${ask.from} to CLOSED`,
    moment === undefined ? "" : moment.action.sentence,
    moment === undefined ? "" : formatAll(segmentsIn(moment, scene)),
    moment === undefined ? "" : formatAll(segmentsOut(moment, ask)),
    before,
    after,
    formatWitnesses(judged),
    formatVerdict(judged),
  ];
}

/** "SYN_SENT to SYN_RCVD" was seen of an arrow, "nothing; CLOSED" of an encounter. */
function statesOf(ask: Transition | Encounter, { seen }: JudgedClaim): readonly [string, string] {
  if (seen === undefined) return ["", ""];
  const [first = "", last = ""] = String(seen.value).split(ask.what === "transition" ? " to " : "; ");
  return ask.what === "transition" ? [first, last] : [ask.from, last];
}

const segmentsIn = ({ action }: Moment, { evidence }: SceneView): readonly SegmentLine[] =>
  action.fate === "delivered" ? evidence.segments.filter(({ id }) => action.segments?.includes(id)) : [];

const segmentsOut = ({ sent }: Moment, { end }: Transition | Encounter): readonly SegmentLine[] =>
  sent.filter((line) => line.end === end && line.origin === "kernel" && line.repeats === undefined);

const formatAll = (lines: readonly SegmentLine[]): string =>
  lines.map(({ flags }) => formatFlags(flags)).join(", ") || "–";

// Puts verdict.json together from a run's claims and its evidence alone: the same for a live run and for files.

import { CAPABILITIES, type Capability, type Claim } from "../claims/claim.ts";
import { isNoteOf, isNoteThat } from "../evidence/notes.ts";
import { SCENE_MODE_NAMES } from "../evidence/scene-modes.ts";
import type { TimelineLine } from "../evidence/timeline.ts";
import type { VerdictDocument } from "./document-schema.ts";
import { judge } from "./judge.ts";
import { exitStatus, summarise } from "./summary.ts";

/** Of the files as they lie in the folder. */
export interface Digests {
  readonly timeline: string;
  readonly capture: string;
}

/** Runs of earlier versions did not try these, and say nothing of them: what they played shows that they were there. */
const TRIED_LATER: readonly Capability[] = ["ipv6"];

/** Throws an Error when the timeline does not begin with the note that names the run. */
export function verdictDocumentOf(
  claims: readonly Claim[],
  lines: readonly TimelineLine[],
  digests: Digests,
): VerdictDocument {
  const run = runNote(lines);
  const { have, missing } = run;
  const untried = TRIED_LATER.filter((one) => missing[one] === undefined);
  const judged = judge(claims, lines, { have: new Set([...have, ...untried]), missing });
  const summary = summarise(judged);
  return {
    schemaVersion: 1,
    run: { ...run.identity, evidence: { ...digests } },
    capabilities: [...have],
    scenes: scenesOf(lines),
    claims: [...judged],
    summary,
    exit: exitStatus(
      summary,
      lines.some((line) => isNoteThat(line, "cutsShort")),
    ),
  };
}

/** The timeline's first line: the note "run". */
export function runNote(lines: readonly TimelineLine[]) {
  const [first] = lines;
  if (first?.type !== "note" || first.topic !== "run" || first.data === undefined)
    throw new Error("the timeline does not begin with the note that names its run");
  const { data } = first;
  const text = (name: string) => String(data[name] ?? "");
  const optional = (name: "student" | "nonce") => (data[name] === undefined ? {} : { [name]: text(name) });
  return {
    identity: {
      id: text("id"),
      lab: text("lab"),
      startedAt: text("startedAt"),
      tool: text("tool"),
      kernel: text("kernel"),
      ...optional("student"),
      ...optional("nonce"),
    },
    have: CAPABILITIES.filter((one) => (data.capabilities as readonly string[] | undefined)?.includes(one)),
    missing: (data.missing ?? {}) as Readonly<Partial<Record<Capability, string>>>,
  };
}

function scenesOf(lines: readonly TimelineLine[]): VerdictDocument["scenes"] {
  return lines
    .filter((line) => isNoteOf(line, "scene"))
    .map(({ scene = "", data }) => ({
      id: scene,
      mode: SCENE_MODE_NAMES.find((mode) => mode === data?.mode) ?? "stepped",
      family: data?.family === "ipv6" ? "ipv6" : "ipv4",
    }));
}

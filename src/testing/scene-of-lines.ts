// Lines and scenes for the tests of the report's parts: what a test does not care about is filled in.

import type { Action, Note, SegmentLine, Sighting, TimelineLine } from "../evidence/timeline.ts";
import { type SceneView, scenesOf } from "../report/view/run-view.ts";

const CLIENT = { address: "127.0.0.1", port: 20_000 };
const SERVER = { address: "127.0.0.1", port: 8000 };

const PLACE = { at: "1795332041.000000000", scene: "one" };

export const action = (line: Partial<Action> & Pick<Action, "id" | "step">): Action => ({
  type: "action",
  ...PLACE,
  actor: "lab",
  sentence: `The lab does: ${line.step}.`,
  outcome: { ok: true },
  ...line,
});

export const segment = (line: Partial<SegmentLine> & Pick<SegmentLine, "id" | "frame" | "flags">): SegmentLine => ({
  type: "segment",
  ...PLACE,
  origin: "kernel",
  end: "client",
  from: line.end === "server" ? SERVER : CLIENT,
  to: line.end === "server" ? CLIENT : SERVER,
  seq: 0,
  ack: 0,
  length: 0,
  window: 65_535,
  urgentPointer: 0,
  options: [],
  header: "",
  ...line,
});

export const sighting = (line: Partial<Sighting> & Pick<Sighting, "id" | "after" | "end" | "states">): Sighting => ({
  type: "sighting",
  ...PLACE,
  witness: "procfs",
  source: "proc",
  raw: "raw",
  ...line,
});

export const note = (line: Partial<Note> & Pick<Note, "id" | "topic">): Note => ({
  type: "note",
  ...PLACE,
  text: `about ${line.topic}`,
  ...line,
});

/** The only scene of a run that has no claims. */
export function sceneOf(timeline: readonly TimelineLine[], mode: SceneView["mode"] = "stepped"): SceneView {
  const [scene] = scenesOf({
    lab: { id: "example", question: "", scenes: [{ id: "one", title: "One.", mode }] },
    claims: [],
    verdict: {
      schemaVersion: 1,
      run: {
        id: "",
        lab: "example",
        startedAt: "",
        tool: "",
        kernel: "",
        evidence: { timeline: "0".repeat(64), capture: "0".repeat(64) },
      },
      capabilities: [],
      scenes: [],
      claims: [],
      summary: { conforms: 0, contradicts: 0, disagree: 0, unwitnessed: 0, unsupported: 0, surprises: 0 },
      exit: 0,
    },
    timeline,
    environment: { kernel: "" },
  });
  if (scene === undefined) throw new Error("fixture: a scene of lines: none came of it");
  return scene;
}

// Asserts of a recorded run that its tapes hold all that the kernel sent: only then is what is not on them evidence.

import assert from "node:assert/strict";
import { factsOfMode } from "../evidence/scene-modes.ts";
import type { Note } from "../evidence/timeline.ts";
import { readTimeline } from "../evidence/timeline-file.ts";

/** Every scene that was played, each in a namespace of its own. `timeline`: the text of timeline.jsonl. */
export function assertWholeTapes(timeline: string): void {
  const notes = readTimeline(timeline).filter((line): line is Note => line.type === "note");
  const played = notes.filter(({ topic, data }) => topic === "scene" && factsOfMode(data?.mode)?.tape !== "none");
  const tapeOf = new Map(notes.filter(({ topic }) => topic === "tape").map((tape) => [tape.scene, tape]));
  const told = played.map(({ scene }) => tapeOf.get(scene) ?? { scene, text: "no tape", data: { complete: false } });
  assert.ok(told.length > 0, "no scene was played");
  assert.deepEqual(
    told.filter(({ data }) => data?.complete !== true).map(({ scene, text }) => `${scene}: ${text}`),
    [],
  );
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { Recorder } from "./recorder.ts";
import type { Action } from "./timeline.ts";

const at = "1795332041.000000000";

const action = (scene: string, step: string): Omit<Action, "id"> => ({
  type: "action",
  at,
  scene,
  step,
  actor: "lab",
  sentence: step,
  outcome: { ok: true },
});

test("an attempt that does not count is taken back; what others recorded meanwhile stays, numbered anew", () => {
  const recorder = new Recorder();
  recorder.begin(action("attempted", "before"));
  const mark = recorder.mark();
  recorder.begin(action("attempted", "too late"));
  const { id: after } = recorder.begin(action("watched", "look"));
  recorder.sighting({ type: "sighting", at, scene: "watched", after, witness: "ss", source: "inet_diag", raw: "" });
  recorder.note({ type: "note", at, scene: "attempted", topic: "tape", text: "too late as well" });
  recorder.discardSince(mark, "attempted");
  recorder.begin(action("attempted", "again"));
  assert.deepEqual(
    recorder.lines.map((line) => [line.id, "step" in line ? line.step : "after" in line && line.after]),
    [
      ["e1", "before"],
      ["e2", "look"],
      ["e3", "e2"],
      ["e4", "again"],
    ],
  );
});

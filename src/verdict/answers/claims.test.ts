import assert from "node:assert/strict";
import { test } from "node:test";
import type { JudgedClaim } from "../document-schema.ts";
import { answerEach } from "./claims.ts";

const judged = (id: string, verdict: JudgedClaim["verdict"], witnesses: JudgedClaim["witnesses"]): JudgedClaim => ({
  id: `lab.note-3.receiving.${id}`,
  claim: "words",
  scene: "note-3.receiving",
  source: "rfc9293",
  cite: "here",
  documented: { kind: "state", value: "CLOSED" },
  ...(verdict !== "unwitnessed" && {
    seen: { kind: "state", value: verdict === "conforms" ? "CLOSED" : "TIME_WAIT" },
  }),
  verdict,
  expected: "conforms",
  witnesses,
  sources: [],
  because: [],
  evidence: [`e${id.length}`],
});

const each = (...claims: readonly string[]) => ({ what: "each", claims }) as const;
const GOOD = judged("closing", "conforms", ["ss", "procfs"]);

test("each of them, when each conforms, by the witnesses that saw all", () => {
  const answer = answerEach(each("closing", "last-ack"), [GOOD, judged("last-ack", "conforms", ["procfs"])]);
  assert.ok(answer.kind === "seen");
  assert.equal(answer.seen.value, "each of them");
  assert.deepEqual(answer.witnesses, ["procfs"]);
  assert.deepEqual(answer.evidence, ["e7", "e8"]);
});

test("one that contradicts is named with what was seen instead", () => {
  const answer = answerEach(each("closing", "last-ack"), [GOOD, judged("last-ack", "contradicts", ["procfs"])]);
  assert.ok(answer.kind === "seen");
  assert.equal(answer.seen.value, "TIME_WAIT instead of CLOSED");
});

test("one that nobody saw, on which witnesses disagree, or that is missing leaves the whole open", () => {
  for (const verdict of ["unwitnessed", "unsupported", "disagree"] as const)
    assert.equal(answerEach(each("closing", "last-ack"), [GOOD, judged("last-ack", verdict, [])]).kind, "unwitnessed");
  assert.equal(answerEach(each("closing", "last-ack"), [GOOD]).kind, "unwitnessed");
});

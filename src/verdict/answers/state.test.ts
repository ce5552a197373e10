import assert from "node:assert/strict";
import { test } from "node:test";
import type { Sighting, TimelineLine } from "../../evidence/timeline.ts";
import { action, sighting } from "../../testing/scene-of-lines.ts";
import { SceneEvidence } from "../scene-evidence.ts";
import { answerState, answerTestimony, answerTransition } from "./state.ts";

const look = (id: string, after: string, more: Partial<Sighting>) =>
  sighting({ id, after, end: "server", states: ["LISTEN"], ...more });

/** A SYN arrives: a request beside the listener. A RST arrives: only the listener is left. */
const LINES: readonly TimelineLine[] = [
  action({ id: "e1", step: "deliver SYN" }),
  look("e2", "e1", { states: ["SYN_RCVD"] }),
  look("e3", "e1", { socket: "listener" }),
  look("e4", "e1", { witness: "tcp-info", source: "getsockopt", states: ["LISTEN", "SYN_RCVD"], raw: "tcpi_state=10" }),
  action({ id: "e5", step: "forge client RST" }),
  look("e6", "e5", {}),
  look("e7", "e5", { socket: "listener" }),
];
const EVIDENCE = new SceneEvidence(LINES);
const RST = { what: "transition", end: "server", of: "forge client RST" } as const;

const told = (answer: ReturnType<typeof answerState>) =>
  answer.kind === "seen" ? answer.seen.value : `${answer.kind}: ${answer.because.join()}`;

test("a question about the connection does not hear what is said of the listener, nor the other way round", () => {
  assert.equal(told(answerTransition(RST, EVIDENCE)), "SYN_RCVD to LISTEN");
  assert.equal(told(answerTransition({ ...RST, socket: "listener" }, EVIDENCE)), "LISTEN to LISTEN");
  const state = { what: "state", end: "server", after: "deliver SYN" } as const;
  assert.equal(told(answerState(state, EVIDENCE)), "SYN_RCVD");
});

test("a testimony is what one witness leaves open, and its raw line", () => {
  const ask = { what: "testimony", witness: "tcp-info", end: "server", after: "deliver SYN" } as const;
  const answer = answerTestimony(ask, EVIDENCE);
  assert.equal(told(answer), "LISTEN or SYN_RCVD");
  assert.deepEqual(answer.because, ["tcpi_state=10"]);
});

test("a witness that was not there testifies to nothing", () => {
  const ask = { what: "testimony", witness: "tracepoint", end: "server", after: "deliver SYN" } as const;
  assert.equal(answerTestimony(ask, EVIDENCE).kind, "unwitnessed");
});

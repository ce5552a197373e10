import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../../evidence/timeline.ts";
import { action, note, segment, sighting } from "../../testing/scene-of-lines.ts";
import { SceneEvidence } from "../scene-evidence.ts";
import { answerEncounter } from "./encounter.ts";

const ASK = {
  what: "encounter",
  end: "server",
  of: "meet one",
  from: "SYN_RCVD",
  permits: ["nothing; SYN_RCVD"],
} as const;

const AT = (seconds: number) => `179533204${seconds}.000000000`;

/** A SYN_RCVD that sent SYN ACK 77, and met an ACK; `after`: what came then. */
const evidenceWith = (...after: readonly TimelineLine[]) =>
  new SceneEvidence([
    action({ id: "e1", step: "reach one" }),
    segment({ id: "e2", frame: 1, flags: ["SYN", "ACK"], end: "server", at: AT(1), seq: 77, ack: 501 }),
    sighting({ id: "e3", after: "e1", end: "server", states: ["SYN_RCVD"] }),
    action({ id: "e4", step: "meet one", segments: ["e5"] }),
    segment({ id: "e5", frame: 2, flags: ["ACK"], origin: "forged", at: AT(1), seq: 501, ack: 78 }),
    ...after,
    note({ id: "e90", topic: "tape", at: AT(9), data: { complete: true } }),
  ]);

const LOOK = sighting({ id: "e20", after: "e4", end: "server", states: ["SYN_RCVD"] });
const STAND_BACK = action({ id: "e10", step: "stand back" });
const synAck = (id: string, at: string) =>
  segment({ id, frame: 3, flags: ["SYN", "ACK"], end: "server", repeats: "e2", at, seq: 77, ack: 501 });
const ack = (id: string) => segment({ id, frame: 3, flags: ["ACK"], end: "server", at: AT(1), seq: 78, ack: 501 });

const seen = (...after: readonly TimelineLine[]) => {
  const answer = answerEncounter(ASK, evidenceWith(...after));
  return answer.kind === "seen" ? String(answer.seen.value) : `${answer.kind}: ${answer.because.join("; ")}`;
};

test("what was sent between the meeting and the look is the answer", () => {
  assert.equal(seen(STAND_BACK, LOOK), "nothing; SYN_RCVD");
  assert.equal(seen(STAND_BACK, ack("e11"), LOOK), "ACK seq=SND.NXT ack=RCV.NXT; SYN_RCVD");
});

test("an answer that came when the look had been taken decides nothing", () => {
  assert.match(seen(STAND_BACK, LOOK, ack("e21")), /^unwitnessed: frame 3 came when the look had been taken already/);
});

test("an empty ACK is an answer, though its numbers were said before", () => {
  assert.equal(seen(STAND_BACK, { ...ack("e11"), repeats: "e2" }, LOOK), "ACK seq=SND.NXT ack=RCV.NXT; SYN_RCVD");
});

test("a repeated SYN ACK is an answer in the same breath only, and before the timer could have sent it", () => {
  assert.equal(seen(synAck("e6", AT(1)), STAND_BACK, LOOK), "SYN ACK seq=SND.NXT-1 ack=RCV.NXT; SYN_RCVD");
  assert.equal(seen(STAND_BACK, synAck("e11", AT(1)), LOOK), "nothing; SYN_RCVD");
  assert.match(seen(synAck("e6", AT(3)), STAND_BACK, LOOK), /^unwitnessed: frame 3 may be an answer, or the retransmi/);
});

test("silence is evidence only on a complete tape and with open limits", () => {
  const lines = (...more: readonly TimelineLine[]) =>
    answerEncounter(
      ASK,
      new SceneEvidence([...evidenceWith(STAND_BACK, LOOK).actions, ...evidenceWith().segments, ...more]),
    );
  const looks = [sighting({ id: "e3", after: "e1", end: "server", states: ["SYN_RCVD"] }), LOOK];
  assert.match(lines(...looks).because.join(), /the tape may not hold every segment/);
  assert.match(lines(ack("e11"), ...looks).because.join(), /the tape may not hold every segment/);
  const complete = note({ id: "e90", topic: "tape", at: AT(9), data: { complete: true } });
  assert.equal(lines(...looks, complete).kind, "seen");
  const closed = note({ id: "e91", topic: "limits-closed", text: "This kernel does not let a namespace set x." });
  assert.match(lines(...looks, complete, closed).because.join(), /does not let a namespace set x/);
});

test("a tape that ends before a delayed ACK is due is evidence of nothing", () => {
  const endsAt = (at: string) => {
    const lines = evidenceWith(STAND_BACK, LOOK);
    const looks = [sighting({ id: "e3", after: "e1", end: "server", states: ["SYN_RCVD"] }), LOOK];
    const tape = note({ id: "e90", topic: "tape", at, data: { complete: true } });
    const answer = answerEncounter(ASK, new SceneEvidence([...lines.actions, ...lines.segments, ...looks, tape]));
    return answer.kind === "seen" ? answer.seen.value : answer.because.join("; ");
  };
  assert.equal(endsAt("1795332041.012000000"), "the tape ends 12 ms after frame 2, and an answer may take 200 ms");
  assert.equal(endsAt("1795332041.220000000"), "nothing; SYN_RCVD");
});

test("an encounter that was played again is judged by the second time", () => {
  const again = evidenceWith(
    STAND_BACK,
    LOOK,
    ack("e21"),
    action({ id: "e30", step: "reach one again" }),
    sighting({ id: "e31", after: "e30", end: "server", states: ["SYN_RCVD"] }),
    action({ id: "e32", step: "meet one again", segments: ["e33"] }),
    segment({ id: "e33", frame: 4, flags: ["ACK"], origin: "forged", at: AT(2), seq: 501, ack: 78 }),
    sighting({ id: "e34", after: "e32", end: "server", states: ["ESTABLISHED"] }),
  );
  const answer = answerEncounter(ASK, again);
  assert.equal(answer.kind === "seen" && answer.seen.value, "nothing; ESTABLISHED");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { action, segment } from "../../testing/scene-of-lines.ts";
import { drawLadderStep, type LadderStep } from "./ladder-step.ts";

const SYN = segment({ id: "e2", frame: 1, flags: ["SYN"], seq: 4_294_967_295 });
const SYN_ACK = segment({ id: "e4", frame: 2, end: "server", flags: ["SYN", "ACK"], seq: 7, ack: 0 });
const SS = "ESTAB 0 0 127.0.0.1:8000 127.0.0.1:20000 timer:(on,980ms,0) ino:1555329 sk:87fce cgroup:/ <->";

const step = (more: Partial<LadderStep>): LadderStep => ({
  number: 3,
  action: action({ id: "e3", step: "deliver SYN", fate: "delivered", sentence: "The wire hands on the SYN." }),
  decided: [SYN],
  holds: true,
  sent: [SYN_ACK],
  states: { client: ["SYN_SENT"], server: ["SYN_RCVD"] },
  raw: {},
  ...more,
});

const draw = (more: Partial<LadderStep>, columns = 80): readonly string[] =>
  drawLadderStep(step(more), { colour: false, columns }).split("\n");

test("both states stand beside what was done; what was handed on arrives, what was sent waits", () => {
  const [done = "", handedOn = "", sent = ""] = draw({});
  assert.match(done, /^SYN_SENT +The wire hands on the SYN\. +SYN_RCVD$/);
  assert.match(handedOn, /^ +─+ SYN seq=4294967295 ─+▶$/);
  assert.match(sent, /^ +├─+ SYN ACK seq=7 ack=0 ─+$/);
});

test("what is lost does not arrive, and where nothing is held nothing waits", () => {
  const lost = action({ id: "e3", step: "drop SYN", fate: "dropped", sentence: "The wire loses the SYN." });
  assert.match(draw({ action: lost })[1] ?? "", /SYN seq=4294967295 ─+✗$/);
  assert.match(draw({ holds: false })[2] ?? "", /◀─+ SYN ACK/);
});

test("witnesses that disagree, or cannot tell, are no state", () => {
  assert.match(draw({ states: { client: [], server: ["LISTEN", "SYN_RCVD"] } })[0] ?? "", /^disagree .* \?$/);
});

test("no line is wider than the terminal, the longest states and raw lines included", () => {
  const states = { client: ["ESTABLISHED"], server: ["ESTABLISHED"] } as const;
  const sentence =
    "The client writes 1048576 octets as its kernel takes them, the server reads, and the wire hands on.";
  const raw = { client: { witness: "ss", line: SS }, server: { witness: "ss", line: "" } };
  for (const columns of [80, 100, 120]) {
    const lines = draw({ states, raw, action: action({ id: "e3", step: "x", sentence }) }, columns);
    assert.deepEqual(
      lines.filter((line) => line.length > columns),
      [],
    );
    assert.ok(lines.includes("  ss, server: not listed"));
  }
});

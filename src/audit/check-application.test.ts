import assert from "node:assert/strict";
import { test } from "node:test";
import type { Action, SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { openedFiles } from "../testing/careful-forger.ts";
import { recordedFiles } from "../testing/recorded-run.ts";
import { checkApplication } from "./check-application.ts";
import { payloadsOf } from "./payloads.ts";

const { lines, capture } = openedFiles(recordedFiles());
/** Whose run the recorded one is. */
const person = { student: "ada.lovelace", nonce: "w0rd" };

test("whatever octet of whatever payload is changed, what went over the wire is no longer what was written", () => {
  const payloads = payloadsOf(lines, capture);
  assert.deepEqual(checkApplication(lines, payloads, person), []);
  assert.ok(payloads.size > 0);
  for (const [id, payload] of payloads)
    for (const at of payload.keys()) {
      const changed = payload.map((octet, index) => (index === at ? octet ^ 1 : octet));
      const told = checkApplication(lines, new Map([...payloads, [id, changed]]), person);
      assert.ok(
        told.some(({ text }) => text.startsWith(`${id} (frame `)),
        `octet ${at} of ${id}`,
      );
    }
});

const SCENE = { scene: "scene", at: "1700000000.000000000" } as const;
const CLIENT = { address: "127.0.0.1", port: 20_000 } as const;
const SERVER = { address: "127.0.0.1", port: 8000 } as const;

const forged: SegmentLine = {
  ...SCENE,
  type: "segment",
  id: "e2",
  frame: 1,
  origin: "forged",
  end: "server",
  from: SERVER,
  to: CLIENT,
  flags: ["PSH", "ACK"],
  seq: 100,
  ack: 200,
  length: 3,
  window: 64,
  urgentPointer: 0,
  options: [],
  header: "",
};
const forge: Action = {
  ...SCENE,
  type: "action",
  id: "e3",
  actor: "wire",
  step: "forge server PSH ACK",
  sentence:
    'The wire forges a segment of the server\'s: PSH ACK seq=100 ack=200 with 3 octets (frame 1), and writes "old" into it.',
  outcome: { ok: true },
  fate: "delivered",
  segments: ["e2"],
};
const setting: TimelineLine = {
  ...SCENE,
  type: "note",
  id: "e1",
  topic: "scene",
  text: "",
  data: { mode: "stepped", client: CLIENT, server: SERVER },
};

test("a run in which more texts are read than any lab reads is told of once, and they are not looked for", () => {
  const reads = Array.from(
    { length: 3000 },
    (_, index): Action => ({
      ...SCENE,
      type: "action",
      id: `e${index + 2}`,
      actor: "client",
      step: `client receive #${index}`,
      sentence: "The client reads.",
      outcome: { ok: true, value: '"old"' },
    }),
  );
  const sent: SegmentLine = { ...forged, id: "e1", origin: "kernel" };
  const told = checkApplication([sent, ...reads], new Map([["e1", Buffer.from("old")]]), {});
  assert.deepEqual(
    told.map(({ text }) => text),
    ["e1001: no lab reads 1000 texts"],
  );
});

test("a forged segment carries what the wire says it wrote into it, in nobody's alphabet", () => {
  const carrying = (text: string) =>
    checkApplication([setting, forged, forge], new Map([["e2", Buffer.from(text)]]), { student: "ada" });
  assert.deepEqual(carrying("old"), []);
  assert.deepEqual(
    carrying("odd").map(({ text }) => text),
    ["e2 (frame 1): it carries what the server never wrote in this student's alphabet"],
  );
});

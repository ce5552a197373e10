import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { bulkClient } from "../../drive/bulk-connections.ts";
import { Recorder, SceneRecorder } from "../../evidence/recorder.ts";
import { now } from "../../kernel/clock.ts";
import type { Witness } from "../../witness/witness.ts";
import { LookAtZero } from "./look-at-zero.ts";

const place = { inside: <T>(work: () => T): T => work() };

/** What a look of the census saw, and which of it are at 0. */
const sees = (standing: readonly number[], atZero: readonly number[]) => ({
  saw: (index: number) => standing.includes(index),
  atZero: [...atZero],
});

/** A witness that answers when it is told to; a quick one answers at once. */
function slowSs() {
  const answers: (() => void)[] = [];
  const ss: Witness = {
    name: "ss",
    look: ([subject]) =>
      new Promise((resolve) => {
        answers.push(() => resolve([{ end: "client", states: ["TIME_WAIT"], raw: String(subject?.local.port) }]));
      }),
  };
  return { ss, answers };
}
const procfs: Witness = {
  name: "procfs",
  look: ([subject]) => [{ end: "client", states: ["TIME_WAIT"], raw: String(subject?.local.port) }],
};

function recorded(look: LookAtZero): readonly string[] {
  const recorder = new Recorder();
  look.record(new SceneRecorder(recorder, "scene", now));
  return recorder.lines.map((line) => (line.type === "sighting" ? `${line.witness} ${line.raw}` : line.type));
}

const portOf = (index: number) => bulkClient("ipv4", index).port;

test("a look counts when the entry still stands after the last witness has answered, and not before", async () => {
  const { ss, answers } = slowSs();
  const look = new LookAtZero(place, "ipv4", [ss, procfs]);
  assert.equal(look.advance(sees([3, 4], [])), false);
  assert.equal(look.advance(sees([3, 4], [3])), false);
  await nextTurn();
  assert.equal(look.advance(sees([3, 4], [3])), false, "ss has not answered");
  answers[0]?.();
  await nextTurn();
  assert.equal(look.advance(sees([3, 4], [3, 4])), true);
  assert.equal(answers.length, 1);
  assert.deepEqual(recorded(look), ["action", `ss ${portOf(3)}`, `procfs ${portOf(3)}`]);
});

test("an entry that ends before the last witness has answered is given up for the next that reaches 0", async () => {
  const { ss, answers } = slowSs();
  const look = new LookAtZero(place, "ipv4", [ss, procfs]);
  look.advance(sees([3, 4], [3]));
  assert.equal(look.advance(sees([4], [])), false, "3 has ended, 4 is not at 0 yet");
  assert.equal(look.advance(sees([4], [4])), false);
  answers[0]?.();
  await nextTurn();
  assert.equal(look.advance(sees([4], [4])), false, "the answer about 3 says nothing of 4");
  answers[1]?.();
  await nextTurn();
  assert.equal(look.advance(sees([4], [4])), true);
  assert.deepEqual(recorded(look), ["action", `ss ${portOf(4)}`, `procfs ${portOf(4)}`]);
});

test("an entry that has ended when all have answered does not count", async () => {
  const { ss, answers } = slowSs();
  const look = new LookAtZero(place, "ipv4", [ss, procfs]);
  look.advance(sees([3], [3]));
  answers[0]?.();
  await nextTurn();
  assert.equal(look.advance(sees([], [])), false);
});

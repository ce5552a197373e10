import assert from "node:assert/strict";
import { test } from "node:test";
import { EXAMPLE } from "../../testing/example-run.ts";
import { formatCircumstances } from "./circumstances.ts";
import { type SceneView, scenesOf } from "./run-view.ts";

const NAME = "net.ipv4.tcp_ecn";
const [first] = scenesOf(EXAMPLE);

/** A scene of the run written by hand, whose first note says this of its sysctls. */
function sceneWith(id: string, data: Readonly<Record<string, Readonly<Record<string, string>>>>): SceneView {
  const setting = first?.setting ?? assert.fail("the example's first scene was played");
  return { ...(first as SceneView), id, setting: { ...setting, data: { ...setting.data, ...data } } };
}

const calm = { ...EXAMPLE.verdict, summary: { ...EXAMPLE.verdict.summary, surprises: 0 } };
const view = { ...EXAMPLE, verdict: calm, environment: { kernel: "Linux", sysctls: { asked: { [NAME]: "0" } } } };
const reached = sceneWith("reached", { sysctls: { [NAME]: "0" } });
const missed = (id: string, own = "1") => sceneWith(id, { sysctls: { [NAME]: own }, unreached: { [NAME]: "0" } });

test("who asked for nothing is told nothing", () => {
  assert.deepEqual(
    formatCircumstances({ ...view, environment: { kernel: "Linux", sysctls: { asked: {} } } }, [reached]),
    [],
  );
});

for (const [scenes, told] of [
  [[reached], "It reached every scene."],
  [[reached, missed("a")], "It did not reach a, which is about it and sets it to 1."],
  [[missed("a"), missed("b")], "It did not reach a, b, which are about it and set it to 1."],
  [[missed("a"), missed("b", "2")], "It did not reach a, b, which are about it and set it otherwise."],
  [
    [reached, ..."abcd".split("").map((id) => missed(id))],
    "It did not reach 4 of 5 scenes, which are about it and set it to 1.",
  ],
] as const)
  test(`"${told}"`, () => {
    assert.deepEqual(formatCircumstances(view, scenes), [`${NAME} = 0 was asked for. ${told}`]);
  });

test("beside surprises it is told that they may come of it", () => {
  const surprised = { ...view, verdict: EXAMPLE.verdict };
  assert.ok(EXAMPLE.verdict.summary.surprises > 0);
  assert.equal(formatCircumstances(surprised, [reached]).at(-1), "A surprise may come of this.");
});

test("a host that is short of memory for TCP is told, and one that is not is no circumstance", () => {
  const sysctls = { host: { "net.ipv4.tcp_mem": "1500 2000 3000" } };
  const toldWith = (tcpMemory: number) =>
    formatCircumstances({ ...view, environment: { kernel: "Linux", sysctls, tcpMemory } }, []);
  assert.deepEqual(toldWith(1499), []);
  assert.match(toldWith(1500).join(), /1500 pages were in use at the end, and net\.ipv4\.tcp_mem = 1500 2000 3000\./);
});

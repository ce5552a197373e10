import assert from "node:assert/strict";
import { test } from "node:test";
import { THREE_WAY_HANDSHAKE } from "../../labs/handshake/claims/three-way-handshake.ts";
import type { PathRow } from "../claims/path.ts";
import type { Question } from "../claims/question.ts";
import { LabError } from "../fault.ts";
import { lab, scene } from "../lab/lab.ts";
import type { Scene } from "../lab/scene.ts";
import { dryRun } from "./dry-run.ts";

const claimAfter = (after: string) =>
  ({
    id: "words",
    claim: "words",
    source: "document",
    cite: "here",
    documented: { kind: "state", value: "SYN_SENT" },
    ask: { what: "state", end: "client", after },
  }) as const;

const handshake = (more: Partial<Scene>): Scene =>
  scene({
    id: "opening",
    title: "An opening.",
    mode: "stepped",
    async play({ client, server, wire }) {
      await server.listen();
      await client.connect();
      await wire.deliver("SYN");
      await wire.deliver("SYN ACK");
      await wire.deliver("ACK");
    },
    ...more,
  } as Scene);

const dryRunOf = (one: Scene) => dryRun(lab({ id: "mine", question: "?", scenes: [one] }), one);
const withRows = (rows: readonly PathRow[]) => handshake({ documented: { ...THREE_WAY_HANDSHAKE, rows } });

test("a dry run learns the steps without touching the kernel, and numbers what repeats", async () => {
  const twice = scene({
    id: "twice",
    title: "Twice.",
    mode: "stepped",
    async play({ client, wire }) {
      await client.send("a");
      await client.send("b");
      await wire.reorder("PSH ACK");
    },
  });
  assert.deepEqual(await dryRunOf(twice), ["client send", "client send #2", "deliver PSH ACK", "deliver PSH ACK #2"]);
});

test("the documented handshake fits its scene", async () => {
  assert.equal((await dryRunOf(handshake({ documented: THREE_WAY_HANDSHAKE }))).length, 5);
});

test("a claim about a step that does not exist is refused with the nearest one", async () => {
  await assert.rejects(dryRunOf(handshake({ claims: [claimAfter("deliver SYNACK")] })), (error) => {
    assert.ok(error instanceof LabError);
    assert.match(error.message, /did you mean "deliver SYN ACK"\?/);
    return true;
  });
});

test("what a question names and nobody knows is refused with the nearest spelling", async () => {
  const unknown: readonly (readonly [asked: object, refusal: RegExp])[] = [
    [
      { what: "every", rule: "seq-is-lst-ack" },
      /the rule "seq-is-lst-ack", which does not exist: did you mean "seq-is/,
    ],
    [{ what: "count", pick: { having: "SYN FINN" } }, /the flag "FINN", which does not exist: did you mean "FIN"\?/],
    [{ what: "count", pick: { flags: "ACK SYN" } }, /combination of flags "ACK SYN".*did you mean "SYN ACK"\?/],
    [{ what: "count", pick: { end: "sever" } }, /the end "sever", which does not exist: did you mean "server"\?/],
    [{ what: "number", of: { pick: { during: "deliver SIN" }, field: "seq" } }, /did you mean "deliver SYN"\?/],
    [{ what: "growth", figure: "exponents", within: 1 }, /the figure "exponents".*did you mean "exponent"\?/],
    [{ what: "stat", end: "client", after: "client connect" }, /no such question "stat": did you mean "state"\?/],
  ];
  for (const [ask, refusal] of unknown) {
    const claim = { ...claimAfter("client connect"), ask: ask as Question };
    await assert.rejects(async () => dryRunOf(handshake({ claims: [claim] })), { name: "LabError", message: refusal });
  }
});

test("a state that does not exist is refused with the nearest one", async () => {
  const row = { id: "a", client: "SYN_SEND", after: "client connect" } as unknown as PathRow;
  await assert.rejects(dryRunOf(withRows([row])), /no such state "SYN_SEND": did you mean SYN_SENT\?/);
});

test("flags that do not exist are refused", async () => {
  await assert.rejects(
    dryRunOf(withRows([{ id: "a", from: "client", segment: "SIN", seq: 0 }])),
    /"SIN" is no combination of flags/,
  );
});

test("a path that no arrows of figure 5 allow is refused", async () => {
  const rows: readonly PathRow[] = [
    { id: "a", client: "ESTABLISHED", after: "client connect" },
    { id: "b", client: "SYN_SENT", after: "deliver SYN" },
  ];
  await assert.rejects(dryRunOf(withRows(rows)), /no arrows of figure 5 lead from ESTABLISHED to SYN_SENT/);
});

test("ids that stand twice are refused", () => {
  assert.throws(
    () => lab({ id: "mine", question: "?", scenes: [handshake({ claims: [claimAfter("a"), claimAfter("b")] })] }),
    /stands twice/,
  );
});

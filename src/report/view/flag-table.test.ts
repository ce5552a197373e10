import assert from "node:assert/strict";
import { test } from "node:test";
import { action, sceneOf, segment } from "../../testing/scene-of-lines.ts";
import { flagTable } from "./flag-table.ts";

test("every combination stands once, the most frequent first, with who sent it and how many were repeats", () => {
  const drawn = flagTable([
    sceneOf([
      action({ id: "e1", step: "client connect" }),
      segment({ id: "e2", frame: 1, flags: ["SYN"] }),
      segment({ id: "e3", frame: 2, flags: ["ACK"], end: "server" }),
      segment({ id: "e4", frame: 3, flags: ["ACK"] }),
      segment({ id: "e5", frame: 4, flags: ["ACK"], repeats: "e4" }),
      segment({ id: "e6", frame: 5, flags: ["RST"], origin: "forged" }),
    ]),
  ]);
  assert.deepEqual(drawn.split("\n").slice(2), ["| ACK | 2 | 1 | 3 | 1 |", "| SYN | 1 | 0 | 1 | 0 |"]);
});

test("where nothing was sent there is no table", () => {
  assert.equal(flagTable([sceneOf([action({ id: "e1", step: "client bind" })])]), "");
});

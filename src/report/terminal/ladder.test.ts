import assert from "node:assert/strict";
import { test } from "node:test";
import { FOUR_WAY_CLOSE } from "../../../labs/close/claims/four-way-close.ts";
import type { DocumentedPath } from "../../claims/path.ts";
import { drawLadder } from "./ladder.ts";

const draw = (path: DocumentedPath, columns: number) => drawLadder(path, [], { columns, colour: false }).split("\n");

test("the document's table is drawn row by row, between its head and its foot", () => {
  assert.equal(draw(FOUR_WAY_CLOSE, 100).length, FOUR_WAY_CLOSE.rows.length + 4);
});

test("an arrow's head is at the end that receives", () => {
  const [fin, ack] = draw(FOUR_WAY_CLOSE, 80).filter((line) => line.includes("seq="));
  assert.match(fin ?? "", /FIN ACK seq=100 ack=120 ▶/);
  assert.match(ack ?? "", /◀─+ ACK seq=120 ack=101/);
});

test("the longest states and numbers that a document may give are not cut off", () => {
  const path: DocumentedPath = {
    ...FOUR_WAY_CLOSE,
    rows: [
      { id: "a", client: "ESTABLISHED", server: "CLOSE_WAIT", after: "" },
      { id: "b", from: "server", segment: "SYN ACK", seq: 4_294_967_295, ack: 4_294_967_295 },
    ],
  };
  for (const columns of [80, 100, 120]) {
    const drawn = draw(path, columns).join("\n");
    assert.match(drawn, /ESTABLISHED .* CLOSE_WAIT/);
    assert.match(drawn, /seq=4294967295/);
    assert.match(drawn, /ack=4294967295/);
    assert.doesNotMatch(drawn, /…/);
  }
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { claimsOfCell } from "../cells/cell-claims.ts";
import { documentedCell } from "../cells/cell-outcome.ts";
import { type Cell, cellsOf, SITUATION_NAMES, TIMESTAMPED, timestampedCellsOf } from "../cells/segment-cells.ts";
import { KNOWN_DEVIATIONS } from "./known-deviations.ts";

const EVERY_CELL: readonly Cell[] = [
  ...SITUATION_NAMES.flatMap((name) => cellsOf(name)),
  ...TIMESTAMPED.flatMap((name) => timestampedCellsOf(name)),
];

test("every known deviation is about at least one cell, and none about all of a state's", () => {
  const used = new Map(KNOWN_DEVIATIONS.map(({ id }) => [id, 0]));
  const conforming = new Map(SITUATION_NAMES.map((name) => [name as string, 0]));
  for (const cell of EVERY_CELL) {
    const { onLinux } = documentedCell(cell);
    if (onLinux === undefined) conforming.set(cell.situation, (conforming.get(cell.situation) ?? 0) + 1);
    else used.set(onLinux.deviation.id, (used.get(onLinux.deviation.id) ?? 0) + 1);
  }
  assert.deepEqual(
    [...used].filter(([, cells]) => cells === 0).map(([id]) => id),
    [],
  );
  assert.ok([...conforming.values()].every((cells) => cells > 0));
});

test("a known deviation is judged exactly: the RFC's claim is expected to be contradicted, Linux's own to hold", () => {
  const [cell] = cellsOf("listen").filter(({ id }) => id === "syn-fin");
  assert.ok(cell);
  const [documented, onLinux] = claimsOfCell(cell, "server", "meet syn-fin");
  assert.equal(documented?.expected, "contradicts");
  assert.equal(documented?.documented.value, "SYN ACK seq=ISS ack=SEG.SEQ+1; SYN_RCVD");
  assert.equal(onLinux?.id, "syn-fin-on-linux");
  assert.equal(onLinux?.refines, "syn-fin");
  assert.equal(onLinux?.expected, undefined);
  assert.deepEqual(onLinux?.documented, { kind: "text", value: "nothing; LISTEN" });
  assert.match(onLinux?.cite ?? "", /tcp_rcv_state_process\(\): syn-fin-not-for-a-listener/);
});

test("what the RFCs leave open is no deviation", () => {
  for (const cell of EVERY_CELL) {
    const { permits, onLinux } = documentedCell(cell);
    if (onLinux !== undefined) assert.ok(!permits.includes(onLinux.text), `${cell.situation} ${cell.id}`);
  }
});

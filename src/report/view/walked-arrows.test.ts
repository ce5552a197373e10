import assert from "node:assert/strict";
import { test } from "node:test";
import type { TimelineLine } from "../../evidence/timeline.ts";
import type { End } from "../../tcp/end.ts";
import type { TcpState } from "../../tcp/state.ts";
import { action, sceneOf, segment, sighting } from "../../testing/scene-of-lines.ts";
import { endsByArrow, movesIn, otherMoves } from "./walked-arrows.ts";

let id = 0;
const nextId = () => `e${++id}`;

/** A step, and the states that its look leaves for each end. */
function step(
  name: string,
  seen: Partial<Record<End, readonly TcpState[]>>,
  more: Parameters<typeof action>[0] | object = {},
) {
  const one = action({ id: nextId(), step: name, ...more });
  const looks = Object.entries(seen).map(([end, states]) =>
    sighting({ id: nextId(), after: one.id, end: end as End, states: [...states] }),
  );
  return [one, ...looks];
}

const moves = (lines: readonly TimelineLine[]) =>
  movesIn(sceneOf(lines)).map(({ end, from, to, step: at, drawn }) => `${at} ${end} ${from} ${to}: ${drawn ?? "-"}`);

test("each end's way through the figure is told by the numbers of its arrows", () => {
  const lines = [
    ...step("server listen", { client: ["CLOSED"], server: ["LISTEN"] }),
    ...step("client connect", { client: ["SYN_SENT"], server: ["LISTEN"] }),
    ...step("deliver SYN", { client: ["SYN_SENT"], server: ["SYN_RCVD"] }),
    ...step("deliver SYN ACK", { client: ["ESTABLISHED"], server: ["SYN_RCVD"] }),
  ];
  assert.deepEqual(moves(lines), [
    "1 server CLOSED LISTEN: 1",
    "2 client CLOSED SYN_SENT: 2",
    "3 server LISTEN SYN_RCVD: 4",
    "4 client SYN_SENT ESTABLISHED: 8",
  ]);
});

test("a look that leaves two states open tells of no move; the next one that is sure does", () => {
  const lines = [
    ...step("client connect", { client: ["SYN_SENT"] }),
    ...step("deliver SYN ACK", { client: ["ESTABLISHED", "SYN_RCVD"] }),
    ...step("deliver ACK", { client: ["ESTABLISHED"] }),
    ...step("client close", { client: [] }),
  ];
  assert.deepEqual(moves(lines), ["1 client CLOSED SYN_SENT: 2", "3 client SYN_SENT ESTABLISHED: 8"]);
});

test("two arrows within one step are no arrow: nobody saw what lay between", () => {
  assert.deepEqual(moves(step("client connect", { client: ["ESTABLISHED"] })), ["1 client CLOSED ESTABLISHED: -"]);
});

test("a RST does not walk the arrow that a CLOSE or an ACK walks between the same two states", () => {
  const reset = segment({ id: nextId(), frame: 1, flags: ["RST"], end: "server" });
  const upon = (state: TcpState) => [
    ...step("client connect", { client: [state] }),
    reset,
    ...step("deliver RST", { client: ["CLOSED"] }, { fate: "delivered", segments: [reset.id] }),
  ];
  assert.equal(moves(upon("SYN_SENT")).at(-1), "2 client SYN_SENT CLOSED: -");
  assert.equal(moves(upon("LAST_ACK")).at(-1), "2 client LAST_ACK CLOSED: note 3");
  assert.equal(moves(upon("ESTABLISHED")).at(-1), "2 client ESTABLISHED CLOSED: note 3");
});

test("a RST that was lost is no reason, and neither is the end's own", () => {
  const reset = segment({ id: nextId(), frame: 1, flags: ["RST"], end: "server" });
  const lost = [
    ...step("client connect", { client: ["LAST_ACK"] }),
    reset,
    ...step("drop RST", { client: ["CLOSED"] }, { fate: "dropped", segments: [reset.id] }),
  ];
  assert.equal(moves(lost).at(-1), "2 client LAST_ACK CLOSED: 19");
  const own = segment({ id: nextId(), frame: 1, flags: ["RST"], end: "client" });
  const aborted = [
    ...step("client connect", { client: ["ESTABLISHED"] }),
    ...step("client abort", { client: ["CLOSED"] }),
    own,
  ];
  assert.equal(moves(aborted).at(-1), "2 client ESTABLISHED CLOSED: -");
});

test("a request that vanishes is not the arrow back to LISTEN: its listener never left", () => {
  const reset = segment({ id: nextId(), frame: 1, flags: ["RST"], end: "client" });
  const lines = [
    ...step("server listen", { server: ["LISTEN"] }),
    ...step("deliver SYN", { server: ["SYN_RCVD"] }),
    reset,
    ...step("deliver RST", { server: ["LISTEN"] }, { fate: "delivered", segments: [reset.id] }),
  ];
  assert.equal(moves(lines).at(-1), "3 server SYN_RCVD LISTEN: -");
  assert.match(otherMoves(movesIn(sceneOf(lines))).join(), /the listener never left LISTEN/);
});

test("the ends that walked an arrow are gathered over scenes", () => {
  const scene = (end: End) => movesIn(sceneOf(step("connect", { [end]: ["SYN_SENT"] })));
  const ends = endsByArrow([...scene("client"), ...scene("server"), ...scene("client")]);
  assert.deepEqual([...ends], [[2, new Set(["client", "server"])]]);
});

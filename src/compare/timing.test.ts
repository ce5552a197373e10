import assert from "node:assert/strict";
import { test } from "node:test";
import { numberRelatively } from "../evidence/relative-numbers.ts";
import type { SegmentLine, TimelineLine } from "../evidence/timeline.ts";
import { action, note, segment } from "../testing/scene-of-lines.ts";
import { connectionsIn } from "./connections.ts";
import { formatPiece } from "./piece.ts";

type Sent = Partial<SegmentLine> & Pick<SegmentLine, "flags">;
type Mode = "free" | "stepped";

/** What is compared of one connection. `flowed`: of a held scene the segments (from 1) that a step handed on as they came. */
function compared(mode: Mode, sent: readonly Sent[], flowed: readonly number[] = []): readonly string[] {
  const segments = sent.map((line, index) => segment({ id: `e${index + 1}`, frame: index + 1, ...line }));
  const lines: readonly TimelineLine[] = [
    note({ id: "e90", topic: "scene", data: { mode } }),
    ...segments,
    action({ id: "e91", step: "flow #2", segments: flowed.map((place) => `e${place}`) }),
  ];
  const connections = connectionsIn(lines, numberRelatively(segments));
  return connections.flatMap(({ pieces }) => pieces.map((piece) => formatPiece(piece).replace(" <>", "")));
}

const data = (seq: number, length: number, more: Partial<SegmentLine> = {}): Sent => ({
  flags: ["ACK"],
  seq,
  ack: 700,
  length,
  ...more,
});
const answer = (ack: number, more: Partial<SegmentLine> = {}): Sent => ({
  end: "server",
  flags: ["ACK"],
  seq: 700,
  ack,
  ...more,
});

test("what flows is told by its octets and the last number it acknowledges, however it was cut", () => {
  const told = ["client ACK seq=0 length=30", "client ACK ack=0", "server ACK ack=30"];
  assert.deepEqual(compared("free", [data(100, 30), answer(130)]), told);
  assert.deepEqual(
    compared("free", [data(100, 10, { flags: ["PSH", "ACK"] }), answer(110), data(110, 20), answer(115), answer(130)]),
    told,
  );
});

test("an octet that is missing, twice there or not acknowledged is told", () => {
  assert.deepEqual(compared("free", [data(100, 10), data(111, 19), answer(130)]), [
    "client ACK seq=0 length=10",
    "client ACK seq=11 length=19",
    "client ACK ack=0",
    "server ACK ack=30",
  ]);
  assert.deepEqual(compared("free", [data(100, 30), answer(129)]).at(-1), "server ACK ack=29");
});

test("a FIN is told by itself, with the last octets or alone", () => {
  const together = compared("free", [data(100, 30, { flags: ["FIN", "PSH", "ACK"] }), answer(131)]);
  const alone = compared("free", [data(100, 30), data(130, 0, { flags: ["FIN", "ACK"] }), answer(131)]);
  assert.deepEqual(together, alone);
  assert.ok(together.includes("client FIN ACK seq=30 length=0"));
});

test("what opens or resets a connection, or is like nothing usual, stands for itself", () => {
  const sent: readonly Sent[] = [
    { flags: ["SYN"], seq: 99, options: ["mss 1460", "window-scale 7"] },
    { flags: ["ACK"], seq: 100, ack: 700 },
    data(100, 0, { flags: ["PSH", "ACK"] }),
    data(100, 5, { flags: ["PSH", "ACK", "URG"], urgentPointer: 5 }),
    data(105, 0, { flags: ["RST", "ACK"] }),
  ];
  assert.deepEqual(compared("free", sent), [
    "client SYN seq=0 length=0 <mss 1460, window-scale 7>",
    "client PSH ACK seq=1 ack=0 length=0",
    "client URG ACK seq=1 length=5 urgent-pointer=5",
    "client RST ACK seq=6 ack=0 length=0",
    "client ACK ack=0",
  ]);
});

test("once both ends have closed it is timing whether the first that did is gone when the other's FIN comes", () => {
  const closed: readonly Sent[] = [
    data(100, 0, { flags: ["FIN", "ACK"] }),
    answer(101),
    answer(101, { flags: ["FIN", "ACK"] }),
  ];
  const acknowledged = compared("free", [...closed, data(101, 0, { ack: 701 })]);
  const reset = compared("free", [...closed, { flags: ["RST"], seq: 101 }]);
  assert.deepEqual(acknowledged, reset);
  assert.notDeepEqual(compared("free", [answer(101), { flags: ["RST"], seq: 101 }]), compared("free", [answer(101)]));
});

test("in a held scene each segment is told as it was sent, but what a step handed on as it came", () => {
  const sent = [data(100, 10), data(110, 20), answer(130)];
  assert.deepEqual(compared("stepped", sent), [
    "client ACK seq=0 ack=0 length=10",
    "client ACK seq=10 ack=0 length=20",
    "server ACK seq=0 ack=30 length=0",
  ]);
  assert.deepEqual(compared("stepped", sent, [1, 2]), [
    "client ACK seq=0 length=30",
    "client ACK ack=0",
    "server ACK seq=0 ack=30 length=0",
  ]);
});

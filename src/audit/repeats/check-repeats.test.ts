import assert from "node:assert/strict";
import { test } from "node:test";
import type { Action, Note, SegmentLine, TimelineLine } from "../../evidence/timeline.ts";
import { FLAGS, type Flag, flagsOf, readFlags } from "../../tcp/flags.ts";
import { checkRepeats } from "./check-repeats.ts";

const SCENE = { scene: "scene", at: "1700000000.000000000" } as const;
const CLIENT = { address: "127.0.0.1", port: 20_000 } as const;
const SERVER = { address: "127.0.0.1", port: 8000 } as const;

/** What the client sends, one after the other, as e1, e2, ... */
function timeline(...segments: readonly (readonly [flags: string, seq: number, length: number, more?: object])[]) {
  return segments.map(
    ([flags, seq, length, more], index): SegmentLine => ({
      ...SCENE,
      type: "segment",
      id: `e${index + 1}`,
      frame: index + 1,
      origin: "kernel",
      end: "client",
      from: CLIENT,
      to: SERVER,
      flags: [...(readFlags(flags) ?? [])],
      seq,
      ack: 200,
      length,
      window: 64,
      urgentPointer: 0,
      options: [],
      header: "",
      ...more,
    }),
  );
}

const told = (lines: readonly TimelineLine[], payloads: Readonly<Record<string, string>> = {}): readonly string[] => {
  const octets = Object.entries(payloads).map(([id, text]) => [id, Buffer.from(text)] as const);
  return checkRepeats(lines, new Map(octets)).map(({ text }) => text);
};
const OF_FIRST = { repeats: "e1" } as const;

/** Every one of the 256 combinations that a repeat may have without a complaint. */
function allowed(original: string, length: number): readonly string[] {
  const all = Array.from({ length: 256 }, (_, bits) => [...flagsOf(bits)]);
  return all
    .filter((flags) => {
      const [first, repeat] = timeline([original, 100, length], [original, 100, length, { ...OF_FIRST, flags }]);
      return first !== undefined && repeat !== undefined && told([first, repeat]).length === 0;
    })
    .map((flags: readonly Flag[]) => flags.join(" "));
}

test("a segment that comes again has the flags of the first, and no other", () => {
  for (const [flags, length] of [
    ["FIN ACK", 0],
    ["ACK", 10],
    ["PSH ACK", 10],
    ["FIN PSH ACK", 10],
    ["SYN", 0],
    ["SYN ACK", 0],
  ] as const)
    assert.deepEqual(allowed(flags, length), [flags], `of ${flags} with ${length} octets`);
});

test("a SYN that asked for ECN comes again with all of it or without", () => {
  assert.deepEqual(allowed("SYN ECE CWR", 0), ["SYN", "SYN ECE CWR"]);
  assert.deepEqual(allowed("SYN ACK ECE", 0), ["SYN ACK", "SYN ACK ECE"]);
});

test("the complaint names the segment, what it repeats, and the flags", () => {
  const lines = timeline(["FIN ACK", 100, 0], ["FIN PSH ACK URG", 100, 0, OF_FIRST]);
  assert.deepEqual(told(lines), ["e2 (frame 2) repeats e1, and differs from it in PSH URG"]);
});

test("of what is cut anew the last part keeps PSH and FIN, the others lose them", () => {
  const whole = ["FIN PSH ACK", 100, 10] as const;
  assert.deepEqual(told(timeline(whole, ["ACK", 100, 4, OF_FIRST], ["FIN PSH ACK", 104, 6, OF_FIRST])), []);
  assert.match(told(timeline(whole, ["PSH ACK", 100, 4, OF_FIRST]))[0] ?? "", /differs from it in PSH$/);
  assert.match(told(timeline(whole, ["FIN ACK", 104, 6, OF_FIRST]))[0] ?? "", /differs from it in PSH$/);
  assert.match(told(timeline(whole, ["PSH ACK", 104, 6, OF_FIRST]))[0] ?? "", /differs from it in FIN$/);
  assert.match(told(timeline(whole, ["FIN ACK", 100, 4, OF_FIRST]))[0] ?? "", /differs from it in FIN$/);
});

test("what is put together has the flags of its parts", () => {
  const parts = [
    ["PSH ACK", 100, 10],
    ["ACK", 110, 5],
    ["FIN ACK", 115, 0],
  ] as const;
  assert.deepEqual(told(timeline(...parts, ["FIN PSH ACK", 100, 15, OF_FIRST])), []);
  assert.match(told(timeline(...parts, ["FIN ACK", 100, 15, OF_FIRST]))[0] ?? "", /differs from it in PSH$/);
  assert.match(told(timeline(...parts, ["PSH ACK", 105, 3, OF_FIRST]))[0] ?? "", /differs from it in PSH$/);
});

test("a repeat is urgent while its number lies before the end of what is urgent", () => {
  const sent = [
    ["PSH ACK", 100, 10],
    ["PSH URG ACK", 110, 4, { urgentPointer: 4 }],
  ] as const;
  assert.deepEqual(told(timeline(...sent, ["PSH URG ACK", 100, 10, OF_FIRST])), []);
  assert.match(told(timeline(...sent, ["PSH ACK", 100, 10, OF_FIRST]))[0] ?? "", /differs from it in URG$/);
  const later = timeline(["PSH ACK", 100, 10], ["PSH URG ACK", 100, 10, OF_FIRST]);
  assert.match(told(later)[0] ?? "", /differs from it in URG$/);
  const write: Action = {
    ...SCENE,
    type: "action",
    id: "e0",
    step: "client send urgent",
    actor: "client",
    sentence: "",
    outcome: { ok: true },
  };
  assert.deepEqual(told([write, ...later]), [], "the urgent octet may be waiting behind the window");
  assert.match(told([{ ...write, actor: "server", step: "server send urgent" }, ...later])[0] ?? "", /URG$/);
});

test("on a connection with ECN the bits that tell of the path are free, on another they are not", () => {
  const data = [
    ["PSH ACK", 101, 10],
    ["PSH ACK ECE CWR", 101, 10, { repeats: "e2" }],
  ] as const;
  assert.deepEqual(told(timeline(["SYN ECE CWR", 100, 0], ...data)), []);
  assert.match(told(timeline(["SYN", 100, 0], ...data))[0] ?? "", /differs from it in ECE CWR$/);
});

test("a SYN ACK of a simultaneous open is another segment than its SYN, and each may come again", () => {
  const [syn, both] = [
    ["SYN", 100, 0],
    ["SYN ACK", 100, 0],
  ] as const;
  assert.deepEqual(told(timeline(syn, both, [...syn, OF_FIRST], [...both, { repeats: "e2" }])), []);
});

test("PSH may differ only where more than one segment may have been handed down together", () => {
  const syn = { flags: ["SYN"], end: "server", from: SERVER, to: CLIENT, options: ["mss 1460"], window: 65535 };
  const wrong = (length: number, one: string, other: string, window = 65535) =>
    told(timeline(["SYN", 0, 0, { ...syn, window }], [one, 100, length], [other, 100, length, { repeats: "e2" }]))
      .length;
  for (const [one, other] of [
    ["PSH ACK", "ACK"],
    ["ACK", "PSH ACK"],
  ] as const) {
    assert.deepEqual(
      [1420, 1421].map((length) => wrong(length, one, other)),
      [1, 0],
    );
    assert.deepEqual(
      [500, 501].map((length) => wrong(length, one, other, 1000)),
      [1, 0],
      "half of the window",
    );
    const unseen = (length: number) => told(timeline([one, 100, length], [other, 100, length, OF_FIRST])).length;
    assert.deepEqual([268, 269].map(unseen), [1, 0], "where nobody saw a SYN");
  }
});

test("a repeat carries the octets that had its numbers first, however it is cut", () => {
  const first = [
    ["PSH ACK", 100, 4],
    ["PSH ACK", 104, 3],
  ] as const;
  const payloads = { e1: "abcd", e2: "efg" };
  for (const [seq, text, repeats] of [
    [100, "abcd", "e1"],
    [102, "cd", "e1"],
    [101, "bcdefg", "e1"],
    [104, "efg", "e2"],
  ] as const) {
    const lines = timeline(...first, ["PSH ACK", seq, text.length, { repeats }]);
    assert.deepEqual(told(lines, { ...payloads, e3: text }), []);
    for (let at = 0; at < text.length; at++) {
      const e3 = `${text.slice(0, at)}X${text.slice(at + 1)}`;
      assert.deepEqual(told(lines, { ...payloads, e3 }), [`e3 (frame 3) repeats ${repeats}, and carries other octets`]);
    }
  }
});

test("octets that went with a SYN come again without it", () => {
  const lines = timeline(["SYN", 100, 4], ["SYN", 100, 0, OF_FIRST], ["PSH ACK", 101, 4]);
  assert.deepEqual(told(lines, { e1: "abcd", e3: "abcd" }), []);
});

const ENCOUNTERS: Note = {
  ...SCENE,
  type: "note",
  id: "e0",
  topic: "scene",
  text: "",
  data: { mode: "encounters", client: CLIENT, server: SERVER },
};

test("of encounters, of which not all is written down, what is said to repeat a line has its flags, too", () => {
  for (const flag of FLAGS) {
    const [first, second] = timeline(["FIN ACK", 100, 0], ["FIN ACK", 100, 0, OF_FIRST]);
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual(told([ENCOUNTERS, first, second]), []);
    const flags = FLAGS.filter((one) => second.flags.includes(one) !== (one === flag));
    assert.equal(told([ENCOUNTERS, first, { ...second, flags }]).length, 1, flag);
  }
});

test("of encounters, an answer that comes again is the same in all, and from the same end", () => {
  const wrong = [{ flags: ["RST"] }, { ack: 201 }, { seq: 101 }, { repeats: "e7" }, { end: "server" }] as const;
  const [first, second] = timeline(["ACK", 100, 0], ["ACK", 100, 0, OF_FIRST]);
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(told([ENCOUNTERS, first, second]), []);
  for (const change of wrong)
    assert.equal(told([ENCOUNTERS, first, { ...second, ...change } as SegmentLine]).length, 1, JSON.stringify(change));
});

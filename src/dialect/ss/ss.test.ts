import assert from "node:assert/strict";
import { test } from "node:test";
import { readListing } from "../listing-entry.ts";
import { parseSs } from "./ss.ts";

const ROW = "ESTAB 0 0 127.0.0.1:1 127.0.0.1:2";
const read = (text: string) => readListing(parseSs, Buffer.from(text));

test("a line that was cut off within a field's name is unreadable, and makes no flag of the rest", () => {
  const [row, line] = read(`${ROW}\n\t ts sack cubic rto:204 data_s\n`);
  assert.ok(row?.kind === "socket" && row.socket.info === undefined);
  assert.ok(line?.kind === "unreadable");
  assert.match(line.reason, /cut off: "data_s"/);
});

test("a word that no version is known to print is kept among the flags", () => {
  const [row] = read(`${ROW}\n\t ts sack cubic rto:204 brand_new cwnd:10\n`);
  assert.ok(row?.kind === "socket");
  assert.deepEqual(row.socket.info?.flags, ["ts", "sack", "brand_new"]);
});

test("an interface's name may hold more than ASCII", () => {
  const [row] = read("LISTEN 0 1 127.0.0.1%bür:1 0.0.0.0:*\n");
  assert.ok(row?.kind === "socket");
  assert.equal(row.socket.local.zone, "bür");
});

for (const [text, milliseconds, precisionMilliseconds] of [
  ["", 0, 1],
  ["032ms", 32, 1],
  ["2.144ms", 2144, 1],
  ["2.144sec", 2144, 1],
  ["9sec", 9000, 1],
  ["59sec", 59_000, 1000],
  ["4min58sec", 298_000, 1000],
  ["4min", 240_000, 1000],
  ["119min", 7_140_000, 60_000],
  ["71582min", 0, 1],
] as const)
  test(`a timer with "${text}" left`, () => {
    const [row] = read(`${ROW} timer:(keepalive,${text},3)\n`);
    assert.ok(row?.kind === "socket");
    assert.deepEqual(row.socket.timer, { kind: "keepalive", milliseconds, precisionMilliseconds, retransmissions: 3 });
  });

for (const text of ["1.5sec", "min", "2min3", "3min4ms", "-1sec", "1e3ms", "12", "71582minutes", "71582min5"])
  test(`"${text}" is no time`, () => {
    assert.deepEqual(
      read(`${ROW} timer:(on,${text},0)\n`).map(({ kind }) => kind),
      ["unreadable"],
    );
  });

test("where a name's other half is followed by what is no part of a row, each line is accounted for once", () => {
  const found = read(`${ROW} users:(("new\nline",pid=62,fd=3))line",pid=62,fd=3)) cgroup:/\n${ROW}\n`);
  assert.deepEqual(
    found.map(({ kind, line, lines }) => [kind, line, lines]),
    [
      ["unreadable", 1, 1],
      ["unreadable", 2, 1],
      ["socket", 3, 1],
    ],
  );
  const [whole] = read(`${ROW} users:(("new\nline",pid=62,fd=3))\n`);
  assert.deepEqual([whole?.kind, whole?.lines], ["socket", 2]);
});

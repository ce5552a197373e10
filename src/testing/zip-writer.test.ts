import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { writeZip } from "./zip-writer.ts";

/** Where a local header has its check sum. */
const SUM_AT = 14;

test("an archive's check sums are those that unpackers want", () => {
  // The check value of CRC-32, as every list of such sums has it.
  assert.equal(writeZip([{ name: "nine", content: "123456789" }]).readUInt32LE(SUM_AT), 0xcbf43926);
  assert.equal(writeZip([{ name: "none", content: "" }]).readUInt32LE(SUM_AT), 0);
});

test("the example of lab:matrix can be unpacked: its archive has a check sum", () => {
  const archive = readFileSync(new URL("../../results/example/matrix/evidence.zip", import.meta.url));
  assert.notEqual(archive.readUInt32LE(SUM_AT), 0);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { FORMATS } from "../../dialect/formats.ts";
import { type ListingEntry, type ListingReader, type ParseListing, readListing } from "../../dialect/listing-entry.ts";
import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../../dialect/ss/ss.ts";
import { keptListings, type ListingFixture } from "../listing-fixtures.ts";

/** Octets of a chunk; a prime number cuts every record somewhere else. */
const CHUNKS = [1, 7, 61, 4093];

for (const size of CHUNKS)
  test(`a listing in chunks of ${size} octets is read as one that comes as a whole`, () => {
    for (const { name, bytes } of keptListings().filter(({ bytes }) => bytes.length < 30_000)) {
      const parse = parserFor(name);
      assert.deepEqual(readInChunks(parse, bytes, size), readListing(parse, bytes), name);
    }
  });

for (const [name, { parse }] of Object.entries(FORMATS)) {
  test(`${name}: a line of 10 MiB is accounted for, without a newline, too`, () => {
    for (const filler of ["a", ")", '("', "\0"]) {
      const line = Buffer.alloc(10 << 20, filler);
      for (const bytes of [
        line,
        Buffer.concat([Buffer.from("\n"), line, Buffer.from("\nLISTEN 0 1 1.2.3.4:5 0.0.0.0:*\n")]),
      ])
        assert.equal(accounted(readInChunks(parse, bytes, 1 << 16)), bytes === line ? 1 : 3, `${filler} in ${name}`);
    }
  });

  test(`${name}: a line longer than 16 MiB is unreadable, and not kept`, () => {
    const line = Buffer.alloc(1 << 20, "x");
    const entries: ListingEntry[] = [];
    const reader = parse((entry) => entries.push(entry));
    for (let index = 0; index < 40; index++) reader.write(line);
    reader.end();
    const [entry] = entries;
    assert.equal(entries.length, 1);
    assert.ok(entry?.kind === "unreadable" && entry.raw.length < 1000);
    assert.match(entry.reason, /41943040 octets/);
  });

  test(`${name}: nothing, NUL octets and octets that are no UTF-8 are no reason to fail`, () => {
    assert.deepEqual(readListing(parse, Buffer.alloc(0)), []);
    assert.equal(accounted(readListing(parse, Buffer.alloc(1000))), 1);
    const every = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet));
    assert.equal(accounted(readListing(parse, every)), 2, "it holds one newline");
  });
}

test("lines that end in CRLF are read as others are", () => {
  const fixtures = keptListings().filter(({ name }) => /proc_net|netstat-tanWpoe|ss-v7.1.0\/tano/.test(name));
  assert.ok(fixtures.length > 4);
  for (const { name, bytes } of fixtures) {
    const crlf = Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r\n"), "latin1");
    assert.deepEqual(readListing(parserFor(name), crlf), readListing(parserFor(name), bytes), name);
  }
});

test("a last line without a newline is read", () => {
  const [fixture] = keptListings().filter(({ name }) => name === "ss-v7.1.0/tano.out") as [ListingFixture];
  const cut = fixture.bytes.subarray(0, fixture.bytes.length - 1);
  assert.deepEqual(readListing(parseSs, cut), readListing(parseSs, fixture.bytes));
});

function readInChunks(parse: ParseListing, bytes: Uint8Array, size: number): readonly ListingEntry[] {
  const entries: ListingEntry[] = [];
  const reader: ListingReader = parse((entry) => entries.push(entry));
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return entries;
}

function parserFor(name: string): ParseListing {
  if (name.startsWith("ss-")) return parseSs;
  return name.startsWith("proc/") ? parseProcNetTcp : parseNetstat;
}

const accounted = (entries: readonly ListingEntry[]): number => entries.reduce((sum, { lines }) => sum + lines, 0);

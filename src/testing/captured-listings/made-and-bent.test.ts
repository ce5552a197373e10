import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type ListingEntry, type ParseListing, readListing } from "../../dialect/listing-entry.ts";
import { parseNetstat } from "../../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../../dialect/ss/ss.ts";
import { holdsForAll } from "../holds-for-all.ts";
import { keptListings } from "../listing-fixtures.ts";
import { type MadeRow, netstatRow, procRow, ssRow } from "./arbitrary-row.ts";

/** LISTING_CASES=10000000 npm test -- made-and-bent tries so many rows and lines of each kind. */
const CASES = Number(process.env.LISTING_CASES ?? 20_000);
/** Rows in one text: what is made of one must not depend on the others. */
const ROWS = 40;

const HEADS = {
  ss: "State      Recv-Q Send-Q Local Address:Port  Peer Address:Port Process\n",
  netstat:
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      Timer\n" +
    "tcp        0      0 255.255.255.255:65535   a-name-that-is-longer:65535 LISTEN      0          0          off (0.00/0/0)\n",
  procfs: "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n",
} as const;

const MADE: readonly (readonly [keyof typeof HEADS, ParseListing, fc.Arbitrary<MadeRow>])[] = [
  ["ss", parseSs, ssRow],
  ["netstat", parseNetstat, netstatRow],
  ["procfs", parseProcNetTcp, procRow],
];

for (const [name, parse, row] of MADE)
  test(`${name}: a row made from the grammar is read as what it was made of`, (t) => {
    const rows = fc.array(row, { minLength: ROWS, maxLength: ROWS });
    holdsForAll(
      t,
      fc.property(rows, (made) => {
        const text = HEADS[name] + made.map((row) => `${row.text}\n`).join("");
        const records = socketsOf(readListing(parse, Buffer.from(text))).slice(name === "netstat" ? 1 : 0);
        assert.deepEqual(
          records,
          made.map(({ record }) => record),
        );
      }),
      Math.ceil(CASES / ROWS),
    );
  });

const bend = fc.record({
  how: fc.constantFrom("change", "insert", "delete", "repeat", "cut", "swap"),
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  octet: fc.oneof(fc.constantFrom(...Buffer.from('\n\r\t "(),:%[]*0-=')), fc.nat(255)),
  length: fc.integer({ min: 1, max: 40 }),
});
type Bend = typeof bend extends fc.Arbitrary<infer Value> ? Value : never;

for (const [name, parse, files] of [
  ["ss", parseSs, /^ss-/],
  ["netstat", parseNetstat, /^(?:net-tools|busybox)/],
  ["procfs", parseProcNetTcp, /^proc\//],
] as const)
  test(`${name}: bent lines throw nothing, lose no line, and say the same in one piece and in many`, (t) => {
    const lines = keptListings()
      .filter((fixture) => files.test(fixture.name))
      .flatMap(({ bytes }) => bytes.toString("latin1").split("\n"));
    const line = fc
      .tuple(fc.constantFrom(...lines), fc.array(bend, { maxLength: 3 }))
      .map(([text, bends]) => bends.reduce(bent, text));
    const many = fc.tuple(fc.array(line, { minLength: ROWS, maxLength: ROWS }), fc.integer({ min: 1, max: 400 }));
    holdsForAll(
      t,
      fc.property(many, ([bentLines, size]) => {
        const bytes = Buffer.from(bentLines.join("\n"), "latin1");
        const entries = readListing(parse, bytes);
        assertAccounted(entries, bytes);
        assert.deepEqual(inPieces(parse, bytes, size), entries);
        for (const socket of socketsOf(entries)) assert.ok(isSound(socket), JSON.stringify(socket));
      }),
      Math.ceil(CASES / ROWS),
    );
  });

function bent(text: string, { how, at, octet, length }: Bend): string {
  const index = Math.floor(at * text.length);
  const sign = String.fromCharCode(octet);
  switch (how) {
    case "change":
      return text.slice(0, index) + sign + text.slice(index + 1);
    case "insert":
      return text.slice(0, index) + sign + text.slice(index);
    case "delete":
      return text.slice(0, index) + text.slice(index + length);
    case "repeat":
      return text.slice(0, index + length) + text.slice(index);
    case "cut":
      return text.slice(0, index);
    default:
      return text.slice(index) + text.slice(0, index);
  }
}

/** The entries follow upon one another, from the first line to the last. */
function assertAccounted(entries: readonly ListingEntry[], bytes: Buffer): void {
  const text = bytes.toString("latin1");
  let next = 1;
  for (const { line, lines } of entries) {
    assert.equal(line, next);
    next += lines;
  }
  assert.equal(next - 1, text === "" ? 0 : text.replace(/\n$/, "").split("\n").length);
}

function inPieces(parse: ParseListing, bytes: Buffer, size: number): readonly ListingEntry[] {
  const entries: ListingEntry[] = [];
  const reader = parse((entry) => entries.push(entry));
  for (let at = 0; at < bytes.length; at += size) reader.write(bytes.subarray(at, at + size));
  reader.end();
  return entries;
}

const socketsOf = (entries: readonly ListingEntry[]) =>
  entries.flatMap((entry) => (entry.kind === "socket" ? [entry.socket] : []));

/** No number in it is NaN, negative or a fraction where it counts something; no address is empty. */
function isSound(socket: object): boolean {
  return Object.entries(socket).every(([name, value]) => {
    if (typeof value === "number") return value >= 0 && (Number.isInteger(value) || name.endsWith("Milliseconds"));
    if (name === "address") return value !== "";
    return typeof value !== "object" || value === null || isSound(value);
  });
}

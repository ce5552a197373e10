// A process of its own for one measurement of the parsers: what it was asked for stands in its arguments, the result on its output.

import { createReadStream, readFileSync } from "node:fs";
import type { ParseListing } from "../dialect/listing-entry.ts";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import type { MadeDialect } from "./made-listing.ts";

/** Milliseconds of each round, ours and the other's in turn. */
export interface Rounds {
  readonly ours: readonly number[];
  readonly other: readonly number[];
  readonly sockets: number;
}

const PARSERS: Readonly<Record<MadeDialect, ParseListing>> = {
  ss: parseSs,
  procfs: parseProcNetTcp,
};
const ROUNDS = 5;
const CHUNK = 64 << 10;
const LF = 10;

const [what, dialect, file = ""] = process.argv.slice(2);
const parse = PARSERS[dialect as MadeDialect];
process.stdout.write(JSON.stringify(what === "split" ? await raceSplit() : await stream()));

/** Against nothing but splitting the same text into lines and tokens. */
function raceSplit(): Promise<Rounds> {
  const bytes = readFileSync(file);
  const ours = async () => count(chunksOf(bytes));
  const split = async () => {
    let tokens = 0;
    for (const line of bytes.toString("latin1").split("\n")) tokens += line.split(/\s+/).length;
    return tokens;
  };
  return race(ours, split);
}

/** Peak memory, of this process that reads the file once. */
async function stream() {
  const sockets = await count(createReadStream(file, { highWaterMark: CHUNK }));
  return { sockets, peakMiB: process.resourceUsage().maxRSS / 1024 };
}

async function race(ours: () => Promise<number>, other: () => Promise<number>): Promise<Rounds> {
  const times = { ours: [] as number[], other: [] as number[] };
  let sockets = 0;
  for (let round = -1; round < ROUNDS; round++) {
    const start = performance.now();
    sockets = await ours();
    const between = performance.now();
    await other();
    if (round < 0) continue; // once to warm up
    times.ours.push(between - start);
    times.other.push(performance.now() - between);
  }
  return { ...times, sockets };
}

async function count(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<number> {
  let sockets = 0;
  const reader = parse((entry) => {
    if (entry.kind === "socket") sockets++;
  });
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
  return sockets;
}

function* chunksOf(bytes: Uint8Array): Iterable<Uint8Array> {
  if (bytes[bytes.length - 1] !== LF) throw new Error(`${file}: the last line has no end`);
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}

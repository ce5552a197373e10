// Rules about the numbers that connections start with: spread evenly, and each end's its own.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { distance, sequence } from "../../tcp/sequence.ts";
import { describe, type Finding } from "./finding.ts";

/** Kolmogorov and Smirnov: beyond 3.3 / sqrt(n) a uniform sample lies with a probability below 10^-9 (2 exp(-2 · 3.3²)). */
const KS_LIMIT = 3.3;
const ALL_NUMBERS = 2 ** 32;

export function uniformInitialNumbers(lines: readonly SegmentLine[]): Finding {
  const tried = lines.filter(({ flags }) => flags.includes("SYN"));
  return evenlySpread(
    tried.map(({ seq }) => seq),
    tried,
  );
}

/** Were B's number made from A's, their differences would be alike. */
export function unrelatedInitialNumbers(lines: readonly SegmentLine[]): Finding {
  const pairs = pairsAmong(lines);
  const differences = pairs.map(([client, server]) => (ALL_NUMBERS + server.seq - client.seq) % ALL_NUMBERS);
  return evenlySpread(differences, pairs.flat());
}

/** No connection whose two initial numbers are equal. */
export function differentInitialNumbers(lines: readonly SegmentLine[]): Finding {
  const pairs = pairsAmong(lines);
  const because = [`${pairs.length} connections`];
  const equal = pairs.find(([client, server]) => client.seq === server.seq)?.[1];
  if (equal === undefined) return { tried: pairs.flat(), because };
  return {
    breach: { line: equal, text: `${describe(equal)} has its peer's initial number` },
    tried: pairs.flat(),
    because,
  };
}

/** Seconds that one number stands for: a clock of 64 ns (seq_scale(), net/core/secure_seq.c). */
const CLOCK = 64e-9;
/** Seconds that may pass from the choice of a number until its segment is on the wire. */
const ON_THE_WAY = 2e-3;

/** RFC 9293 §3.4.1: to one pair of ends, a later connection's first number is further by what the clock has gone meanwhile. */
export function clockedInitialNumbers(lines: readonly SegmentLine[]): Finding {
  const first = new Map<string, SegmentLine>();
  for (const line of lines.filter(({ flags }) => flags.includes("SYN"))) {
    const pair = `${line.from.port} ${line.to.port}`;
    const before = first.get(pair);
    if (before === undefined) first.set(pair, line);
    else if (Math.abs(driftBetween(before, line)) > ON_THE_WAY)
      return { breach: { line, text: `${describe(line)} is not where the clock would be` }, tried: lines };
  }
  return { tried: lines };
}

/** Seconds, modulo the clock's round of 275 s. */
function driftBetween(earlier: SegmentLine, later: SegmentLine): number {
  const numbers = (Number(later.at) - Number(earlier.at)) / CLOCK;
  const gone = distance(sequence(earlier.seq), sequence(later.seq));
  return distance(sequence(gone), sequence(Math.round(numbers))) * CLOCK;
}

/** SYN and SYN ACK of each connection, told apart by the client's port. */
function pairsAmong(lines: readonly SegmentLine[]): readonly (readonly [SegmentLine, SegmentLine])[] {
  const syns = lines.filter(({ flags }) => flags.includes("SYN"));
  const opening = new Map(syns.filter(({ flags }) => !flags.includes("ACK")).map((line) => [line.from.port, line]));
  return syns.flatMap((line) => {
    const syn = line.flags.includes("ACK") ? opening.get(line.to.port) : undefined;
    return syn === undefined ? [] : [[syn, line] as const];
  });
}

function evenlySpread(numbers: readonly number[], tried: readonly SegmentLine[]): Finding {
  const n = numbers.length;
  const sorted = numbers.map((number) => number / ALL_NUMBERS).sort((a, b) => a - b);
  const distance = Math.max(0, ...sorted.map((value, index) => Math.max((index + 1) / n - value, value - index / n)));
  const limit = KS_LIMIT / Math.sqrt(n);
  const because = [`n = ${n}, D = ${distance.toFixed(4)}, limit ${limit.toFixed(4)}`];
  const [line] = tried;
  if (line === undefined || distance <= limit) return { tried, because };
  return { breach: { line, text: `D = ${distance.toFixed(4)} is too far from uniform` }, tried, because };
}

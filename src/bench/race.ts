// Whole processes raced against each other, in turn in one run and told as ratios, since machines differ and are shared.

import { spawnSync } from "node:child_process";
import type { Write } from "./figure.ts";

interface Contender {
  readonly name: string;
  /** Node's arguments. */
  readonly words: readonly string[];
}

const ROUNDS = 7;
/** A lab's exit status up to which it has done its work; 3 is a fault. */
const WORST_STATUS = 2;
/** A process that hangs must not hold up the others. */
const TIME_LIMIT_MS = 60_000;

/** Tells each one's median seconds, and the median of its ratios to the first contender, round by round. */
export function race(contenders: readonly Contender[], write: Write): void {
  const times = contenders.map((): number[] => []);
  for (const { words } of contenders) timeProcess(words); // once to warm the caches
  for (let round = 0; round < ROUNDS; round++)
    for (const [place, { words }] of contenders.entries()) times[place]?.push(timeProcess(words));
  write(`${ROUNDS} rounds in turn: median seconds, median ratio to the first (lowest to highest)`);
  const [base = []] = times;
  for (const [place, { name }] of contenders.entries()) {
    const own = times[place] ?? [];
    const ratios = own.map((value, round) => value / (base[round] ?? Number.NaN));
    const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    write(`${median(own).toFixed(3)} s   ${median(ratios).toFixed(2)} x (${spread})   ${name}`);
  }
}

/** Of an odd number of values the middle one, else the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Seconds of a whole process, by the wall clock. */
function timeProcess(words: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, {
    stdio: ["ignore", "ignore", "pipe"],
    timeout: TIME_LIMIT_MS,
  });
  if (status === null || status > WORST_STATUS)
    throw new Error(`bench: ${words.join(" ")}: status ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

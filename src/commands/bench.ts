// `npm run bench`: whole processes and single steps, measured in turn in one run and told as ratios, since machines differ and are shared.

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../testing/lab-process.ts";

const LAUNCHER = fileURLToPath(new URL("../launch.mjs", import.meta.url));
const TSX = import.meta.resolve("tsx");
const ROUNDS = 7;

interface Contender {
  readonly name: string;
  readonly words: readonly string[];
}

type Write = (line: string) => void;

/** Seconds of a whole process, by the wall clock. */
function time(words: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, words, { stdio: ["ignore", "ignore", "pipe"] });
  if (status === null || status > 2) throw new Error(`bench: ${words.join(" ")}: status ${status}: ${stderr}`);
  return (performance.now() - start) / 1000;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** In turn, so that a machine whose speed drifts treats all alike. */
function race(contenders: readonly Contender[]): ReadonlyMap<string, readonly number[]> {
  const times = new Map(contenders.map(({ name }) => [name, [] as number[]]));
  for (const { words } of contenders) time(words); // once to warm the caches
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, words } of contenders) times.get(name)?.push(time(words));
  return times;
}

/** Pair by pair, round by round: a ratio that holds when the machine's speed drifts. */
function ratios(times: readonly number[], base: readonly number[]): readonly number[] {
  return times.map((value, round) => value / (base[round] ?? Number.NaN));
}

export async function benchLabs(write: Write): Promise<void> {
  using out = temporaryFolder();
  const lab = (name: string, ...more: readonly string[]) => [LAUNCHER, name, "--json", "--out", out.path, ...more];
  const without = ["--without", "ss", "--without", "netstat"];
  const empty = { name: "node --import tsx, empty file", words: ["--import", TSX, "--input-type=module", "-e", ""] };
  const contenders = [
    empty,
    { name: "lab:handshake --json without ss and netstat", words: lab("handshake", ...without) },
    { name: "lab:handshake --json", words: lab("handshake") },
  ];
  const times = race(contenders);
  const base = times.get(empty.name) ?? [];
  write(`whole processes, ${ROUNDS} rounds in turn: median seconds (median ratio to the first, lowest to highest)`);
  for (const [name, values] of times) {
    const relative = ratios(values, base);
    const spread = `${Math.min(...relative).toFixed(2)} to ${Math.max(...relative).toFixed(2)}`;
    write(`  ${median(values).toFixed(3)} s   ${median(relative).toFixed(2)} x (${spread})   ${name}`);
  }
}

export async function bench(write: Write): Promise<number> {
  await benchLabs(write);
  const { benchStepping } = await import("./bench-stepping.ts");
  await benchStepping(write);
  return 0;
}

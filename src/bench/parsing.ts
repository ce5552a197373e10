// What reading 400 000 sockets costs, held against splitting the same text into lines and tokens.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../testing/lab-process.ts";
import type { Write } from "./figure.ts";
import { type MadeDialect, writeListing } from "./made-listing.ts";
import type { Rounds } from "./parsing-process.ts";
import { median } from "./race.ts";

const PROCESS = fileURLToPath(new URL("./parsing-process.ts", import.meta.url));
const TSX = new URL("../typescript.mjs", import.meta.url).href;
const ROWS = 400_000;
const MORE_ROWS = 4 * ROWS;
const TIME_LIMIT_MS = 300_000;
/** Speed aimed at. */
const AIM = 0.5;
const NAMES: Readonly<Record<MadeDialect, string>> = { ss: "ss -tano", procfs: "/proc/net/tcp" };

export async function measure(write: Write): Promise<void> {
  using folder = temporaryFolder();
  for (const dialect of ["ss", "procfs"] as const) {
    const path = join(folder.path, dialect);
    writeListing(dialect, ROWS, path);
    const rounds = JSON.parse(run(["split", dialect, path])) as Rounds;
    write(`${NAMES[dialect]}: ${speed(rounds)}: ${ratio(rounds)} of splitting into lines and tokens (aim: ${AIM} x)`);
    const few = peak(dialect, path);
    writeListing(dialect, MORE_ROWS, path);
    write(
      `${NAMES[dialect]}: streamed, ${ROWS} rows need ${few} MiB at most, ${MORE_ROWS} rows ${peak(dialect, path)} MiB`,
    );
  }
}

const peak = (dialect: MadeDialect, path: string): string =>
  (JSON.parse(run(["stream", dialect, path])) as { peakMiB: number }).peakMiB.toFixed(0);

const speed = ({ ours, sockets }: Rounds): string => `${Math.round(sockets / median(ours))} rows a millisecond`;

function ratio({ ours, other }: Rounds): string {
  const ratios = ours.map((time, round) => (other[round] ?? Number.NaN) / time);
  return `${median(ratios).toFixed(2)} x the speed (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

const run = (words: readonly string[]): string =>
  execFileSync(process.execPath, ["--import", TSX, PROCESS, ...words], { encoding: "utf8", timeout: TIME_LIMIT_MS });

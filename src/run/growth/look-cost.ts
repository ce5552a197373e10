// What one look at all sockets costs, by witness: the reading alone, its output thrown away.

import { spawn } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import type { Tool, WitnessThatLists } from "../../evidence/witnesses.ts";
import type { Visitable } from "../../kernel/network-namespace.ts";
import { processorTime } from "../../kernel/own-process.ts";
import { SockDiagSocket } from "../../kernel/sock-diag.ts";
import type { Family } from "../../tcp/segment.ts";
import { netstatOptions } from "../../witness/netstat/netstat.ts";
import { dumpSockets } from "../../witness/sock-diag/socket-dump.ts";
import { pathOf } from "../../witness/tools.ts";

const READ_AT_ONCE = 1 << 18;
const TIME_LIMIT_MS = 10_000;

/** How each witness looks; resolves when it has seen everything. */
export const LOOKS: Readonly<Record<WitnessThatLists, (place: Visitable, family: Family) => void | Promise<void>>> = {
  ss: (place) => run(place, "ss", ["-Htano"]),
  netstat: async (place) => run(place, "netstat", await netstatOptions(place)),
  procfs: (place, family) => place.inside(() => readThrough(family === "ipv6" ? "/proc/net/tcp6" : "/proc/net/tcp")),
  "sock-diag": (place, family) => {
    using socket = place.inside(() => new SockDiagSocket());
    dumpSockets(socket, { family }, { begin: () => {}, visit: () => {} });
  },
};

/** More than a processor's own caches hold: what was read or written last is no longer in them. */
export const newCacheFiller = (): Uint8Array => new Uint8Array(1 << 26);
const CACHE_LINE = 64;

function fillCaches(filler: Uint8Array): void {
  for (let place = 0; place < filler.length; place += CACHE_LINE) filler[place] = ((filler[place] ?? 0) + 1) & 0xff;
}

/**
 * Milliseconds that each of so many looks took, by the clock and of the processor's time. The caches are filled with other
 * things before each: they would hold a small table and not a large one, and a look every second finds neither in them.
 */
export async function timeLooks(
  place: Visitable,
  witness: WitnessThatLists,
  family: Family,
  rounds: number,
  filler: Uint8Array,
) {
  const [took, processor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    fillCaches(filler);
    const [begun, used] = [performance.now(), processorTime()];
    await LOOKS[witness](place, family);
    took.push(inMicroseconds(performance.now() - begun));
    processor.push(inMicroseconds(processorTime() - used));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { took, processor };
}

const inMicroseconds = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

function readThrough(file: string): void {
  const bytes = Buffer.allocUnsafe(READ_AT_ONCE);
  const descriptor = openSync(file, "r");
  try {
    while (readSync(descriptor, bytes) > 0);
  } finally {
    closeSync(descriptor);
  }
}

/** To /dev/null: a pipe would be measured as well. */
function run(place: Visitable, tool: Tool, options: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = place.inside(() =>
      spawn(pathOf(tool) ?? tool, options, {
        stdio: "ignore",
        timeout: TIME_LIMIT_MS,
        killSignal: "SIGKILL",
        env: { ...process.env, LC_ALL: "C" },
      }),
    );
    child.once("error", reject);
    child.once("close", () => resolve());
  });
}

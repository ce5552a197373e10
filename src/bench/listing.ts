// What it costs to list 20 000 real sockets: ss, /proc/net/tcp and sock_diag with our readers, held against systeminformation.

import { exec, execFile } from "node:child_process";
import { promisify } from "node:util";
import { type ListingEntry, type ParseListing, readListing } from "../dialect/listing-entry.ts";
import { parseNetstat } from "../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import { ConnectionMill } from "../drive/connection-mill.ts";
import { bringLoopbackUp } from "../kernel/loopback.ts";
import { enterNetworkNamespace } from "../kernel/network-namespace.ts";
import { readProcOctets } from "../kernel/proc-file.ts";
import { SockDiagSocket } from "../kernel/sock-diag.ts";
import { raiseLimit } from "../stage/population/limits.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";
import { pathOf } from "../witness/tools.ts";
import type { Write } from "./bench.ts";
import { median } from "./race.ts";

/** Both ends of each are listed, and their owner: this process. */
const CONNECTIONS = 1000;
const TIME_WAITS = 18_000;
/** With the listener. */
const SOCKETS = 2 * CONNECTIONS + TIME_WAITS + 1;
const ROUNDS = 7;
/** Speed aimed at, as a ratio to systeminformation. */
const AIM = 8;
const OUTPUT_LIMIT = 256 << 20;

/** What systeminformation 5.33 gives a shell on Linux where there is a netstat (networkConnections, lib/network.js). */
const ITS_COMMAND =
  'export LC_ALL=C; netstat -tunap | grep "ESTABLISHED\\|SYN_SENT\\|SYN_RECV\\|FIN_WAIT1\\|FIN_WAIT2\\|TIME_WAIT\\|CLOSE\\|CLOSE_WAIT\\|LAST_ACK\\|LISTEN\\|CLOSING\\|UNKNOWN"; unset LC_ALL';

export async function measure(write: Write): Promise<void> {
  const missing = (["ss", "netstat"] as const).filter((tool) => pathOf(tool) === undefined);
  if (missing.length > 0) {
    write(`not measured: ${missing.join(" and ")} not found: apt-get install iproute2 net-tools`);
    return;
  }
  using _namespace = enterNetworkNamespace();
  bringLoopbackUp();
  raiseLimit(TIME_WAITS);
  using mill = new ConnectionMill("ipv4");
  const kept = Array.from({ length: CONNECTIONS }, (_, index) => mill.connect(index));
  try {
    for (let index = 0; index < TIME_WAITS; index++) mill.openAndClose(CONNECTIONS + index);
    await compare(write);
  } finally {
    for (const connection of kept) mill.abort(connection);
  }
}

/** Each returns how many sockets it read, or nothing where it reads none. */
type Step = () => Promise<number | undefined> | number | undefined;

async function compare(write: Write): Promise<void> {
  const { networkConnections } = await import("systeminformation");
  const its: Step = async () => (await networkConnections()).length;
  const itsTool: Step = async () => void (await outputOf(ITS_COMMAND));
  const ssText = await ssOutput();
  const netstatText = await outputOf(ITS_COMMAND);
  const procText = Buffer.from(procOutput());
  const steps = {
    "its whole": its,
    "its tool": itsTool,
    "netstat read": () => count(parseNetstat, netstatText),
    "ss whole": async () => count(parseSs, await ssOutput()),
    "ss tool": async () => void (await ssOutput()),
    "ss read": () => count(parseSs, ssText),
    "procfs whole": () => count(parseProcNetTcp, procOutput()),
    "procfs tool": () => void procOutput(),
    "procfs read": () => count(parseProcNetTcp, procText),
    "sock-diag whole": countDump,
  } satisfies Readonly<Record<string, Step>>;
  const times = await timeInTurn(steps);
  const ms = (name: keyof typeof steps) => `${median(times[name]).toFixed(0)} ms`;
  const itsReading = times["its whole"].map((whole, round) => whole - (times["its tool"][round] ?? 0));
  write(
    `systeminformation: ${ms("its whole")}, of which netstat and grep ${ms("its tool")}, its reading ${median(itsReading).toFixed(0)} ms`,
  );
  write(`reading the same text: ${ms("netstat read")}: ${faster(itsReading, times["netstat read"])} of its reading`);
  for (const way of ["ss", "procfs"] as const)
    write(
      `${NAMES[way]}: ${ms(`${way} whole`)}, of which the kernel and tool ${ms(`${way} tool`)}, reading ${ms(`${way} read`)}: ${faster(times["its whole"], times[`${way} whole`])} of systeminformation (aim: ${AIM} x)`,
    );
  write(
    `sock_diag, without owners: ${ms("sock-diag whole")}: ${faster(times["its whole"], times["sock-diag whole"])} of systeminformation (aim: ${AIM} x)`,
  );
}

const NAMES = { ss: "ss -Htanoep, with owners", procfs: "/proc/net/tcp, without owners" } as const;

/** Milliseconds of every step in every round, after one round to warm up. */
async function timeInTurn<Name extends string>(steps: Readonly<Record<Name, Step>>): Promise<Record<Name, number[]>> {
  const names = Object.keys(steps) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = -1; round < ROUNDS; round++)
    for (const name of names) {
      const start = performance.now();
      const sockets = await steps[name]();
      if (round >= 0) times[name].push(performance.now() - start);
      if (sockets !== undefined && sockets !== SOCKETS)
        throw new Error(`bench: ${name}: ${sockets} sockets of ${SOCKETS}: they have begun to end`);
    }
  return times;
}

function faster(slow: readonly number[], quick: readonly number[]): string {
  const ratios = quick.map((time, round) => (slow[round] ?? Number.NaN) / time);
  return `${median(ratios).toFixed(2)} x the speed (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
}

const isSocket = ({ kind }: ListingEntry): boolean => kind === "socket";
const count = (parse: ParseListing, text: Uint8Array): number => readListing(parse, text).filter(isSocket).length;

const procOutput = (): Buffer => readProcOctets("/proc/net/tcp");

const outputOf = async (command: string): Promise<Buffer> =>
  (await promisify(exec)(command, { encoding: "buffer", maxBuffer: OUTPUT_LIMIT })).stdout;

const ssOutput = async (): Promise<Buffer> =>
  (await promisify(execFile)("ss", ["-Htanoep"], { encoding: "buffer", maxBuffer: OUTPUT_LIMIT })).stdout;

function countDump(): number {
  using socket = new SockDiagSocket();
  return listSockets(socket, { family: "ipv4" }).length;
}

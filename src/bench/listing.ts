// What it costs to list 20 000 real sockets: ss, /proc/net/tcp and sock_diag with our readers, held against systeminformation.

import { exec, execFile } from "node:child_process";
import { promisify } from "node:util";
import type { ParseListing } from "../dialect/listing-entry.ts";
import { parseNetstat } from "../dialect/netstat/netstat.ts";
import { parseProcNetTcp } from "../dialect/procfs/proc-net-tcp.ts";
import { parseSs } from "../dialect/ss/ss.ts";
import type { TcpSocketRecord } from "../dialect/tcp-socket.ts";
import { BulkConnections } from "../drive/bulk-connections.ts";
import { bringLoopbackUp } from "../kernel/loopback.ts";
import { NetworkNamespace } from "../kernel/network-namespace.ts";
import { readProcOctets } from "../kernel/proc-file.ts";
import { SockDiagSocket } from "../kernel/sock-diag.ts";
import { raiseLimit } from "../run/population/limits.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";
import { dumpSockets } from "../witness/sock-diag/socket-dump.ts";
import { pathOf } from "../witness/tools.ts";
import type { Write } from "./figure.ts";
import { loadPeer, type Peer } from "./peer.ts";
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
  using namespace = NetworkNamespace.make(bringLoopbackUp);
  using _visit = namespace.enter();
  raiseLimit(TIME_WAITS);
  using bulk = new BulkConnections("ipv4");
  const kept = Array.from({ length: CONNECTIONS }, (_, index) => bulk.connect(index));
  try {
    for (let index = 0; index < TIME_WAITS; index++) bulk.openAndClose(CONNECTIONS + index);
    await compare(write);
  } finally {
    for (const connection of kept) bulk.abort(connection);
  }
}

/** Each returns how many sockets it read, or nothing where it reads none. */
type Step = () => Promise<number | undefined> | number | undefined;

async function compare(write: Write): Promise<void> {
  const times = await timeInTurn(await stepsOf(await loadPeer()));
  const ms = (name: keyof typeof times) => `${median(times[name]).toFixed(0)} ms`;
  write(
    `systeminformation: ${ms("its whole")} a look, of which its shell, netstat and grep ${ms("its tool")}, reading what they print ${ms("its reading")}`,
  );
  write(
    `reading alone, of text in memory into an array of records, held against its reading of netstat's text (aim: ${AIM} x):`,
  );
  for (const way of ["netstat", "ss", "procfs"] as const)
    write(`  ${TEXTS[way]}: ${ms(`${way} reading`)}: ${faster(times["its reading"], times[`${way} reading`])}`);
  write(
    `  netstat's, split into lines and tokens, and nothing read: ${ms("split")}: ${faster(times["its reading"], times.split)}`,
  );
  write(`a whole look, the tool's and the kernel's time included, held against its (aim: ${AIM} x):`);
  for (const way of ["netstat", "ss", "procfs", "sock-diag"] as const)
    write(`  ${LOOKS[way]}: ${ms(`${way} whole`)}: ${faster(times["its whole"], times[`${way} whole`])}`);
  write("the same without any reading of ours, which no reader could beat:");
  for (const way of ["ss", "procfs", "sock-diag"] as const)
    write(`  ${LOOKS[way]}: ${ms(`${way} tool`)}: ${faster(times["its whole"], times[`${way} tool`])}`);
}

async function stepsOf({ networkConnections, readConnections }: Peer) {
  const ssText = await ssOutput();
  const netstatText = await outputOf(ITS_COMMAND);
  const netstatString = netstatText.toString();
  const procText = Buffer.from(procOutput());
  return {
    "its whole": async () => (await networkConnections()).length,
    "its tool": async () => void (await outputOf(ITS_COMMAND)),
    "its reading": async () => (await readConnections(netstatString)).length,
    split: () => void splitTokens(netstatString),
    "netstat whole": async () => count(parseNetstat, await outputOf(ITS_COMMAND)),
    "netstat reading": () => count(parseNetstat, netstatText),
    "ss whole": async () => count(parseSs, await ssOutput()),
    "ss tool": async () => void (await ssOutput()),
    "ss reading": () => count(parseSs, ssText),
    "procfs whole": () => count(parseProcNetTcp, procOutput()),
    "procfs tool": () => void procOutput(),
    "procfs reading": () => count(parseProcNetTcp, procText),
    "sock-diag whole": () => withDump((socket) => listSockets(socket, { family: "ipv4" }).length),
    "sock-diag tool": () => withDump(throwAway),
  } satisfies Readonly<Record<string, Step>>;
}

const TEXTS = {
  netstat: "netstat -tunap's, the very same",
  ss: "ss -Htanoep's, with owners, timers and more",
  procfs: "/proc/net/tcp's, with timers, without owners",
} as const;
const LOOKS = {
  netstat: "its shell, netstat and grep, with owners",
  ss: "ss -Htanoep, with owners",
  procfs: "/proc/net/tcp, without owners",
  "sock-diag": "sock_diag, without owners",
} as const;

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

/** Into an array of records, as systeminformation makes one. */
function count(parse: ParseListing, text: Uint8Array): number {
  const sockets: TcpSocketRecord[] = [];
  const reader = parse((entry) => {
    if (entry.kind === "socket") sockets.push(entry.socket);
  });
  reader.write(text);
  reader.end();
  return sockets.length;
}

const splitTokens = (text: string): string[][] => text.split("\n").map((line) => line.split(/\s+/));

const procOutput = (): Buffer => readProcOctets("/proc/net/tcp");

const outputOf = async (command: string): Promise<Buffer> =>
  (await promisify(exec)(command, { encoding: "buffer", maxBuffer: OUTPUT_LIMIT })).stdout;

const ssOutput = async (): Promise<Buffer> =>
  (await promisify(execFile)("ss", ["-Htanoep"], { encoding: "buffer", maxBuffer: OUTPUT_LIMIT })).stdout;

function withDump<T>(use: (socket: SockDiagSocket) => T): T {
  using socket = new SockDiagSocket();
  return use(socket);
}

/** The dump alone: of its sockets nothing is read. */
function throwAway(socket: SockDiagSocket): undefined {
  dumpSockets(socket, { family: "ipv4" }, { begin() {}, visit() {} });
}

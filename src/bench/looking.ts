// What a look at so many TIME_WAITs costs by sock-diag, held against ss, netstat, procfs, systeminformation, and the dump alone.

import { BulkConnections } from "../drive/bulk-connections.ts";
import { bringLoopbackUp } from "../kernel/loopback.ts";
import { HOST, NetworkNamespace, withChildTables } from "../kernel/network-namespace.ts";
import { SockDiagSocket } from "../kernel/sock-diag.ts";
import { LOOKS } from "../run/growth/look-cost.ts";
import { Census } from "../run/population/census.ts";
import { raiseLimitOrRefuse, refuseTooLarge } from "../run/population/limits.ts";
import type { Write } from "./figure.ts";
import { loadPeer } from "./peer.ts";
import { median } from "./race.ts";

const SIZES = [1000, 10_000, 20_000, 100_000, 400_000];
/** Where the peer of development joins in: with more it takes minutes. */
const PEER_AT = 20_000;
const ROUNDS = 5;
const LARGEST_TABLE = 1 << 20;
/** Aimed at with the largest population. */
const AIM = { ss: 6, dump: 1.3 } as const;

type Look = () => void | Promise<void>;

export async function measure(write: Write): Promise<void> {
  for (const entries of SIZES) {
    refuseTooLarge(entries);
    await measureAt(entries, write);
  }
}

/** In a namespace of its own, so that none ends before it has been looked at often enough. */
async function measureAt(entries: number, write: Write): Promise<void> {
  const buckets = Math.min(2 ** Math.ceil(Math.log2(2 * entries)), LARGEST_TABLE);
  using namespace = withChildTables(buckets, () => NetworkNamespace.make());
  using _visit = namespace.enter();
  bringLoopbackUp();
  raiseLimitOrRefuse(entries);
  const rate = makeEntries(entries);
  using socket = new SockDiagSocket();
  const census = new Census(socket, "ipv4", entries);
  const looks: Readonly<Record<string, Look>> = {
    "sock-diag": () => {
      census.look();
    },
    "the dump alone": () => throwAway(socket),
    ...(entries === PEER_AT && { systeminformation: await peer() }),
    ss: () => LOOKS.ss?.(HOST, "ipv4"),
    netstat: () => LOOKS.netstat?.(HOST, "ipv4"),
    procfs: () => LOOKS.procfs?.(HOST, "ipv4"),
  };
  const times = await timeInTurn(looks);
  const { standing } = census.look();
  write(
    `${entries} entries (${standing} stood at the end), made ${Math.round(rate)} a second; ${ROUNDS} rounds in turn:`,
  );
  const own = times["sock-diag"] ?? [];
  for (const [name, theirs] of Object.entries(times)) write(`  ${render(name, theirs, own, entries)}`);
}

/** Returns how many a second. */
function makeEntries(entries: number): number {
  using bulk = new BulkConnections("ipv4");
  const begun = performance.now();
  for (let index = 0; index < entries; index++) bulk.openAndClose(index);
  return (entries * 1000) / (performance.now() - begun);
}

/** Milliseconds of each round, after one to warm up. */
async function timeInTurn(looks: Readonly<Record<string, Look>>): Promise<Readonly<Record<string, readonly number[]>>> {
  const times: Record<string, number[]> = Object.fromEntries(Object.keys(looks).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++)
    for (const [name, look] of Object.entries(looks)) {
      const begun = performance.now();
      await look();
      if (round > 0) times[name]?.push(performance.now() - begun);
    }
  return times;
}

function render(name: string, theirs: readonly number[], own: readonly number[], entries: number): string {
  const time = `${median(theirs).toFixed(1)} ms`.padStart(11);
  if (theirs === own) return `${time}   ${name}`;
  const isDump = name === "the dump alone";
  const ratios = theirs.map((one, round) =>
    isDump ? (own[round] ?? Number.NaN) / one : one / (own[round] ?? Number.NaN),
  );
  const spread = `${median(ratios).toFixed(2)} x (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
  const aim = entries === SIZES.at(-1) && (isDump || name === "ss") ? `; aim: ${isDump ? AIM.dump : AIM.ss} x` : "";
  return `${time}   ${name}: ${isDump ? `sock-diag takes ${spread} of it` : `sock-diag is ${spread} as fast`}${aim}`;
}

const NLMSG_DONE = 3; // linux/netlink.h
/** Octets of the message that ends a dump: struct nlmsghdr and an errno. */
const LAST = 20;

/** Received to the end, which only the last message of a datagram can tell. */
function throwAway(socket: SockDiagSocket): void {
  const bytes = new DataView(socket.datagram.buffer);
  socket.askForDump({ family: "ipv4", states: 1 << 6 });
  for (;;) {
    const length = socket.receive();
    const last = length - LAST;
    if (bytes.getUint32(last, true) === LAST && bytes.getUint16(last + 4, true) === NLMSG_DONE) return;
  }
}

async function peer(): Promise<Look> {
  const { networkConnections } = await loadPeer();
  return async () => {
    await networkConnections();
  };
}

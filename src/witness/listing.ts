// Finds the two ends in a list of sockets, for every witness that reads one: ss, netstat, procfs, sock-diag.

import type { Lines, ParseListing } from "../dialect/listing-entry.ts";
import { bareTimer, type SocketEndpoint, type TcpSocketRecord } from "../dialect/tcp-socket.ts";
import { statesOfAbsent, type WitnessName } from "../evidence/witnesses.ts";
import { WitnessError } from "../fault.ts";
import type { Endpoint } from "../tcp/segment.ts";
import { STATES } from "../tcp/state.ts";
import type { Subject, Testimony } from "./witness.ts";

export interface ListedSocket {
  readonly socket: TcpSocketRecord;
  /** The row it was read from. */
  readonly raw: string;
}

/** All sockets of a listing; a WitnessError when one of its lines cannot be read. `who` names the witness and what it read. */
export function socketsIn(who: string, parse: ParseListing, bytes: Uint8Array): readonly ListedSocket[] {
  const listed: ListedSocket[] = [];
  const reader = parse((entry) => {
    if (entry.kind === "unreadable")
      throw new WitnessError(`${who}: line ${entry.line}: ${entry.reason}: ${entry.raw}`);
    if (entry.kind === "socket") listed.push({ socket: entry.socket, raw: rowOf(entry) });
  });
  reader.write(bytes);
  reader.end();
  return listed;
}

/** The first of its lines. */
const rowOf = ({ lines, raw }: Lines): string => (lines === 1 ? raw : raw.slice(0, raw.indexOf("\n"))).trim();

/**
 * An end that is not in the list is CLOSED, or whatever else the witness cannot list. A WitnessError where the list lacks even the beacon, or does not say which of
 * two connections an end has. `who` names the witness.
 */
export function findEnds(
  who: WitnessName,
  listing: readonly ListedSocket[],
  subjects: readonly Subject[],
  beacon: Endpoint,
): readonly Testimony[] {
  if (!listing.some(({ socket }) => socket.state === "LISTEN" && isAt(socket.local, beacon)))
    throw new WitnessError(
      `${who}: looking for a socket that listens at ${beacon.address} port ${beacon.port}: it is not in the list: these are the sockets of another network namespace, or not all`,
    );
  return subjects.map((subject) => findEnd(who, listing, subject));
}

function findEnd(who: WitnessName, listing: readonly ListedSocket[], subject: Subject): Testimony {
  const own = listing.filter(({ socket }) => isAt(socket.local, subject.local));
  const connection = subject.socket === "listener" ? undefined : connectionAmong(who, own, subject);
  const found = connection ?? own.find((listed) => mayStandFor(listed, subject));
  const named = { end: subject.end, ...(subject.socket !== undefined && { socket: subject.socket }) };
  if (found === undefined) return { ...named, states: [...statesOfAbsent(who)], raw: "" };
  const { state, timer, inode } = found.socket;
  return {
    ...named,
    states: state === undefined ? STATES : [state],
    raw: found.raw,
    ...(timer !== undefined && { timer: timer && bareTimer(timer) }),
    ...(inode !== undefined && { inode }),
  };
}

/**
 * A descriptor that is closed and still bound keeps the address of its last peer, and may stand beside the connection of
 * that pair, a TIME_WAIT above all: ss lists such since iproute2 6.8, where the kernel tells of them (since Linux 6.8,
 * inet_diag_dump_icsk(), TCPF_BOUND_INACTIVE). It is the connection only where there is no other.
 */
function connectionAmong(
  who: string,
  own: readonly ListedSocket[],
  { end, remote }: Subject,
): ListedSocket | undefined {
  const ofPair = own.filter(({ socket }) => isAt(socket.remote, remote));
  const [open, ...others] = ofPair.filter(({ socket }) => socket.state !== "CLOSED");
  const another = others.find(({ socket }) => socket.state !== open?.socket.state);
  if (open !== undefined && another !== undefined)
    throw new WitnessError(`${who}: the ${end} has two connections to one peer: ${open.raw}, and ${another.raw}`);
  return open ?? ofPair[0];
}

/** Without a connection an end is its listener, or (where the tool lists such sockets) one that was only bound. */
const mayStandFor = ({ socket }: ListedSocket, { listens }: Subject): boolean =>
  socket.remote.port === 0 && socket.state === (listens ? "LISTEN" : "CLOSED");

const isAt = (listed: SocketEndpoint, wanted: Endpoint): boolean =>
  listed.port === wanted.port && listed.address === wanted.address;

// Finds the two ends in a list of sockets, for every witness that reads one: ss, netstat, procfs, sock-diag.

import type { SocketEndpoint, TcpSocketRecord } from "../dialect/tcp-socket.ts";
import type { Endpoint } from "../tcp/segment.ts";
import type { Subject, Testimony } from "./witness.ts";

export interface ListedSocket {
  readonly socket: TcpSocketRecord;
  /** The line or lines it was read from. */
  readonly raw: string;
}

/** `listing` must be complete: an end that is not in it is CLOSED. */
export function findEnds(listing: readonly ListedSocket[], subjects: readonly Subject[]): readonly Testimony[] {
  return subjects.map((subject) => findEnd(listing, subject));
}

function findEnd(listing: readonly ListedSocket[], subject: Subject): Testimony {
  const own = listing.filter(({ socket }) => isAt(socket.local, subject.local));
  const connection = own.find(({ socket }) => isAt(socket.remote, subject.remote));
  const found = connection ?? own.find((listed) => mayStandFor(listed, subject));
  if (found === undefined) return { end: subject.end, states: ["CLOSED"], raw: "" };
  const { state, timer, inode } = found.socket;
  return {
    end: subject.end,
    states: [state],
    raw: found.raw,
    ...(timer !== undefined && { timer }),
    ...(inode !== undefined && { inode }),
  };
}

/** Without a connection an end is its listener, or (where the tool lists such sockets) one that was only bound. */
const mayStandFor = ({ socket }: ListedSocket, { listens }: Subject): boolean =>
  socket.remote.port === 0 && socket.state === (listens ? "LISTEN" : "CLOSED");

const isAt = (listed: SocketEndpoint, wanted: Endpoint): boolean =>
  listed.port === wanted.port && listed.address === wanted.address;

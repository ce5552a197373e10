// The witness sock-diag: the list of sockets that ss prints, asked of the kernel without ss.

import { INET_DIAG_MSG, type NameInterface, recordAt } from "../../dialect/inet-diag/inet-diag.ts";
import type { TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { exactText } from "../../dialect/text/exact-text.ts";
import { WitnessError } from "../../fault.ts";
import { type DumpFilter, SockDiagSocket } from "../../kernel/sock-diag.ts";
import { findEnds, type ListedSocket } from "../listing.ts";
import type { Witness } from "../witness.ts";
import { type DumpSource, dumpSockets } from "./socket-dump.ts";

export const sockDiag: Witness = {
  name: "sock-diag",
  look(subjects, beacon, place) {
    // Opened anew: a netlink socket stays in the namespace it was opened in, and each scene has its own.
    using socket = place.inside(() => new SockDiagSocket());
    const family = beacon.address.includes(":") ? "ipv6" : "ipv4";
    return findEnds("sock-diag", listSockets(socket, { family }), subjects, beacon);
  },
};

type ListSource = DumpSource & Pick<SockDiagSocket, "interfaceName">;

/** Every socket that passes the filter, as a record beside the message it was read from. */
export function listSockets(source: ListSource, filter: DumpFilter): readonly ListedSocket[] {
  const listed: ListedSocket[] = [];
  const nameInterface = interfaceNames(source);
  let datagram = Buffer.alloc(0);
  dumpSockets(source, filter, {
    begin: () => {
      listed.length = 0;
    },
    datagram: (octets) => {
      datagram = Buffer.from(octets);
    },
    visit: (bytes, place) => {
      listed.push(new DumpedSocket(readOrComplain(bytes, place, nameInterface), datagram, place));
    },
  });
  return listed;
}

/** Its message is spelled out when it is asked for: of a long list that is one socket or two. */
class DumpedSocket implements ListedSocket {
  readonly socket: TcpSocketRecord;
  readonly #datagram: Buffer;
  readonly #place: number;

  constructor(socket: TcpSocketRecord, datagram: Buffer, place: number) {
    this.socket = socket;
    this.#datagram = datagram;
    this.#place = place;
  }

  get raw(): string {
    return messageAt(this.#datagram, this.#place);
  }
}

const messageAt = (datagram: Buffer, place: number): string => datagram.toString("hex", place, place + INET_DIAG_MSG);

function readOrComplain(bytes: DataView, place: number, nameInterface: NameInterface): TcpSocketRecord {
  try {
    return recordAt(bytes, place, nameInterface);
  } catch (error) {
    const raw = messageAt(Buffer.from(bytes.buffer), place);
    throw new WitnessError(`sock-diag: reading a socket: ${(error as Error).message}: ${raw}`);
  }
}

/** Each is asked for once. */
function interfaceNames(source: ListSource): NameInterface {
  const names = new Map<number, string | undefined>();
  return (index) => {
    if (!names.has(index)) {
      const name = source.interfaceName(index);
      names.set(index, name === undefined ? undefined : exactText(name));
    }
    return names.get(index);
  };
}

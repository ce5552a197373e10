// Makes connections at speed by plain libc calls: each is opened and closed, by the client first, and leaves one TIME_WAIT there.

import { HarnessError } from "../fault.ts";
import { accept4, bind, close, connect, lastErrno, listen, setsockopt, socket, succeed } from "../kernel/libc.ts";
import { IPPROTO_TCP, SO_LINGER, SOCK_CLOEXEC, SOCK_STREAM, SOL_SOCKET } from "../kernel/linux.ts";
import { addLoopbackAddress } from "../kernel/loopback.ts";
import { ADDRESS_FAMILY, encodeSocketAddress, LOOPBACK } from "../kernel/socket-address.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";

const SO_RCVTIMEO = 20;
const BACKLOG = 4096;
/** struct timeval: accept() gives up where a connection never comes. */
const FIVE_SECONDS = new Uint8Array(BigInt64Array.of(5n, 0n).buffer);

/** The server's port, below every client's. */
export const BULK_PORT = 1000;
export const FIRST_PORT = 2000;
/** Ports of one client address. */
export const PORTS = 60_000;
/** Of clients; the last octet counts them from 1. */
export const ADDRESSES = 200;

/** struct sockaddr_in, sockaddr_in6: the port's place. */
const PORT = 2;

/** The client's side of the connection of this number, from 0; the server's is always at BULK_PORT. */
export function bulkClient(family: Family, index: number): Endpoint {
  return { address: clientAddress(family, Math.floor(index / PORTS)), port: FIRST_PORT + (index % PORTS) };
}

/** 127.0.1.1 and on; IPv6 has one loopback address, ::1, and lo is given more of those for documentation (RFC 3849). */
function clientAddress(family: Family, number: number): string {
  if (family === "ipv4") return `127.0.1.${number + 1}`;
  return number === 0 ? LOOPBACK.ipv6 : `2001:db8::${(number + 1).toString(16)}`;
}

export const bulkServer = (family: Family): Endpoint => ({ address: LOOPBACK[family], port: BULK_PORT });

/** Works in the namespace it was made in only while the thread is there. */
export class BulkConnections implements Disposable {
  private readonly family: Family;
  private readonly listener: number;
  /** The clients' addresses with room for a port, each made when it is first wanted. */
  private readonly clients: Uint8Array[] = [];
  private readonly server: Uint8Array;

  constructor(family: Family) {
    this.family = family;
    this.server = encodeSocketAddress(bulkServer(family));
    this.listener = this.open();
    succeed("setsockopt(SO_RCVTIMEO)", setsockopt(this.listener, SOL_SOCKET, SO_RCVTIMEO, FIVE_SECONDS, 16));
    succeed(`bind to port ${BULK_PORT}`, bind(this.listener, this.server, this.server.length));
    succeed("listen", listen(this.listener, BACKLOG));
  }

  /** Returns the instants (performance.now, ms) before and after the call that made TIME_WAIT of it. */
  openAndClose(index: number): readonly [before: number, after: number] {
    const { client, server } = this.connect(index);
    close(client);
    const before = performance.now();
    close(server);
    return [before, performance.now()];
  }

  /** Both descriptors of a connection that stands. */
  connect(index: number): { readonly client: number; readonly server: number } {
    const address = this.clientAt(index);
    const client = this.open();
    this.must("bind", index, bind(client, address, address.length));
    this.must("connect", index, connect(client, this.server, this.server.length));
    const server = this.must("accept", index, accept4(this.listener, null, null, SOCK_CLOEXEC));
    return { client, server };
  }

  /** Ends a connection by RST: nothing is left of it. */
  abort({ client, server }: { readonly client: number; readonly server: number }): void {
    const linger = new Uint8Array(Int32Array.of(1, 0).buffer);
    setsockopt(client, SOL_SOCKET, SO_LINGER, linger, linger.length);
    close(client);
    close(server);
  }

  [Symbol.dispose](): void {
    close(this.listener);
  }

  private clientAt(index: number): Uint8Array {
    const number = Math.floor(index / PORTS);
    this.clients[number] ??= this.newClient(number);
    const address = this.clients[number];
    const port = FIRST_PORT + (index % PORTS);
    address[PORT] = port >> 8;
    address[PORT + 1] = port & 0xff;
    return address;
  }

  private newClient(number: number): Uint8Array {
    const address = clientAddress(this.family, number);
    if (this.family === "ipv6" && number > 0) addLoopbackAddress(address);
    return encodeSocketAddress({ address, port: 0 });
  }

  private open(): number {
    return succeed("socket(SOCK_STREAM)", socket(ADDRESS_FAMILY[this.family], SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP));
  }

  private must(call: string, index: number, result: number): number {
    if (result < 0) throw new HarnessError(`population: connection ${index + 1}: ${call}: ${lastErrno()}`);
    return result;
  }
}

// Sockets that no program has any more and whose FIN is held: they would outlive their scene by hours, with its namespace.

import type { SocketEndpoint } from "../dialect/tcp-socket.ts";
import { destroySocket, SockDiagSocket } from "../kernel/sock-diag.ts";
import { trySysctl } from "../kernel/sysctl.ts";
import type { Endpoint } from "../tcp/segment.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";

/** Bits of net/tcp_states.h: FIN_WAIT_1, LAST_ACK, CLOSING. */
const WAITING_FOR_AN_ACK = (1 << 4) | (1 << 9) | (1 << 11);

/**
 * Ends those of the namespace that the main thread is in. Where the kernel cannot end a socket from outside (`canDestroy`),
 * they end by themselves after a repeat or two; a later run on the same ports may then hear of it.
 */
export function endOrphans(canDestroy: boolean): void {
  if (canDestroy) destroyAll();
  else trySysctl("net.ipv4.tcp_orphan_retries", "1");
}

function destroyAll(): void {
  using diag = new SockDiagSocket();
  for (const family of ["ipv4", "ipv6"] as const)
    for (const { socket } of listSockets(diag, { family, states: WAITING_FOR_AN_ACK }))
      destroySocket(family, withPort(socket.local), withPort(socket.remote));
}

/** A dump tells every port. */
const withPort = ({ address, port = 0 }: SocketEndpoint): Endpoint => ({ address, port });

// Sockets that no program has any more and whose FIN is held: they would outlive their scene by hours, with its namespace.

import type { SocketEndpoint } from "../dialect/tcp-socket.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import { destroySocket, SockDiagSocket } from "../kernel/sock-diag.ts";
import { trySysctl } from "../kernel/sysctl.ts";
import type { Endpoint } from "../tcp/segment.ts";
import { listSockets } from "../witness/sock-diag/sock-diag.ts";

/** Bits of net/tcp_states.h: FIN_WAIT_1, LAST_ACK, CLOSING. */
const WAITING_FOR_AN_ACK = (1 << 4) | (1 << 9) | (1 << 11);

/**
 * Ends those of one namespace. They are full sockets, which a kernel may end from outside that
 * ends no TIME_WAIT (before Linux 6.0). Where it ends none (CONFIG_INET_DIAG_DESTROY) they end by themselves after a
 * repeat or two.
 */
export function endOrphans(place: Visitable, end: typeof destroySocket = destroySocket): void {
  place.inside(() => {
    using diag = new SockDiagSocket();
    const errors = (["ipv4", "ipv6"] as const).flatMap((family) =>
      listSockets(diag, { family, states: WAITING_FOR_AN_ACK }).map(({ socket }) =>
        end(family, withPort(socket.local), withPort(socket.remote)),
      ),
    );
    if (errors.some((error) => error !== 0)) trySysctl("net.ipv4.tcp_orphan_retries", "1");
  });
}

/** A dump tells every port. */
const withPort = ({ address, port = 0 }: SocketEndpoint): Endpoint => ({ address, port });

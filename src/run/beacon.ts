// A listener of our own that stands while a look is taken: whoever lists sockets must have it in the list, or looks somewhere else.

import { HarnessError } from "../fault.ts";
import type { Visitable } from "../kernel/network-namespace.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import { TcpSocket } from "../kernel/tcp-socket.ts";
import type { Endpoint } from "../tcp/segment.ts";
import type { Subject } from "../witness/witness.ts";

/** Nobody's else: above are those of populations (bulk-connections.ts) and of scenes (setting.ts), below are root's. */
const PORTS = Array.from({ length: 100 }, (_, index) => 1500 + index);

/** Gone when disposed. */
export class Beacon implements Disposable {
  readonly endpoint: Endpoint;
  private readonly socket: TcpSocket;

  /** `place`: where the ends are. Of the same family as they are, so that it stands in the same list. */
  constructor(place: Visitable, [end]: readonly Pick<Subject, "local">[]) {
    const family = end?.local.address.includes(":") ? "ipv6" : "ipv4";
    this.socket = place.inside(() => TcpSocket.open(family));
    try {
      this.endpoint = listenAtOne(this.socket, LOOPBACK[family]);
    } catch (error) {
      this.socket.close();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

function listenAtOne(socket: TcpSocket, address: string): Endpoint {
  for (const port of PORTS) {
    const bound = socket.bind({ address, port });
    const answer = bound.ok ? socket.listen(0) : bound;
    if (answer.ok) return { address, port };
    if (answer.error !== "EADDRINUSE")
      throw new HarnessError(`look: listening at ${address} port ${port}: ${answer.error}`);
  }
  throw new HarnessError(
    `look: listening at ${address}, ports ${PORTS[0]} to ${PORTS.at(-1)}: EADDRINUSE: end programs that hold them`,
  );
}

// A listener of our own that stands while a look is taken: whoever lists sockets must have it in the list, or looks somewhere else.

import { HarnessError } from "../fault.ts";
import { LOOPBACK } from "../kernel/socket-address.ts";
import { TcpSocket } from "../kernel/tcp-socket.ts";
import type { Endpoint } from "../tcp/segment.ts";
import type { Subject } from "../witness/witness.ts";

/** Nobody's else: those of the populations begin above (connection-mill.ts), those of the scenes (setting.ts), and below are root's. */
const PORTS = Array.from({ length: 100 }, (_, index) => 1500 + index);

/** In the network namespace that the main thread is in; gone when disposed. */
export class Beacon implements Disposable {
  readonly endpoint: Endpoint;
  private readonly socket: TcpSocket;

  /** Of the same family as the ends that are looked at, so that it stands in the same list. */
  constructor([end]: readonly Pick<Subject, "local">[]) {
    const family = end?.local.address.includes(":") ? "ipv6" : "ipv4";
    this.socket = TcpSocket.open(family);
    const endpoints = PORTS.map((port) => ({ address: LOOPBACK[family], port }));
    const taken = endpoints.find((endpoint) => this.socket.bind(endpoint).ok);
    if (taken === undefined || !this.socket.listen(0).ok) {
      this.socket.close();
      throw new HarnessError(
        `look: listening on ${LOOPBACK[family]}, ports ${PORTS[0]} to ${PORTS.at(-1)}: none is free: end programs that hold ports`,
      );
    }
    this.endpoint = taken;
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}

// Versions of ss around 3.10 name UDP sockets tcp in the column Netid; this tells them from TCP sockets.

import type { Family } from "../../tcp/segment.ts";
import type { TcpSocketRecord } from "../tcp-socket.ts";

/**
 * Closed TCP sockets are listed since 6.8 only, so UNCONN in the old notation ("*" for IPv4) is UDP. UDP sockets come
 * first: a connected one may follow, until the first state that UDP does not have.
 */
export class MislabelledUdp {
  #seen = false;
  #isPast = false;

  /** `starFamily`: what "*" stands for in this output; null in 4.13, undefined where that is not known. */
  isUdp({ state, local }: TcpSocketRecord, starFamily: Family | null | undefined): boolean {
    if (state !== "CLOSED" && state !== "ESTABLISHED") this.#isPast = true;
    if (state === "CLOSED" && starFamily === "ipv4" && local.port !== 0) this.#seen = true;
    return this.#seen && !this.#isPast;
  }
}

// Who of a population stands: typed arrays, a few bytes for each entry, filled from whole dumps of the kernel's TIME_WAITs.

import { FIELD } from "../../dialect/inet-diag/inet-diag.ts";
import { BULK_PORT, FIRST_PORT, PORTS } from "../../drive/bulk-connections.ts";
import type { SockDiagSocket } from "../../kernel/sock-diag.ts";
import type { Family } from "../../tcp/segment.ts";
import { dumpSockets } from "../../witness/sock-diag/socket-dump.ts";

const TIME_WAIT = 1 << 6; // net/tcp_states.h
/** Of the client's address. */
const LAST_OCTET = { ipv4: FIELD.localAddress + 3, ipv6: FIELD.localAddress + 15 } as const;
/** An entry that no look has seen. */
const NEVER = 0xffff;
const MOST_LOOKS = NEVER - 1;

export interface Look {
  /** Milliseconds, performance.now: the dump was asked for, and complete. */
  readonly from: number;
  readonly to: number;
  readonly standing: number;
  /** Of them, those whose countdown is at 0. */
  readonly atZero: number;
  /** The shortest and longest countdown, ms. */
  readonly least: number;
  readonly most: number;
}

export class Census {
  readonly looks: Look[] = [];
  /** By number of the connection: the last look that saw it. Two octets for each entry. */
  private readonly lastSeen: Uint16Array;
  private readonly socket: SockDiagSocket;
  private readonly family: Family;
  /** Numbers of a few entries at 0 in the last look. */
  readonly atZero: number[] = [];

  /** `socket`: opened in the population's namespace. */
  constructor(socket: SockDiagSocket, family: Family, entries: number) {
    this.socket = socket;
    this.family = family;
    this.lastSeen = new Uint16Array(entries).fill(NEVER);
  }

  look(): Look {
    const number = Math.min(this.looks.length, MOST_LOOKS);
    const { lastSeen, family, atZero } = this;
    const [entries, lastOctet] = [lastSeen.length, LAST_OCTET[family]];
    let [standing, zero, least, most] = [0, 0, 0, 0];
    const from = performance.now();
    dumpSockets(
      this.socket,
      { family, states: TIME_WAIT, remotePort: BULK_PORT },
      {
        begin: () => {
          [standing, zero, least, most] = [0, 0, Number.POSITIVE_INFINITY, 0];
          atZero.length = 0;
        },
        visit: (bytes, place) => {
          const port = bytes.getUint16(place + FIELD.localPort);
          const address = bytes.getUint8(place + lastOctet) - 1;
          const index = address * PORTS + port - FIRST_PORT;
          if (index < 0 || index >= entries) return;
          const expires = bytes.getUint32(place + FIELD.expires, true);
          lastSeen[index] = number;
          standing++;
          if (expires < least) least = expires;
          if (expires > most) most = expires;
          if (expires === 0) {
            zero++;
            if (atZero.length < SAMPLE) atZero.push(index);
          }
        },
      },
    );
    const look = { from, to: performance.now(), standing, atZero: zero, least: standing === 0 ? 0 : least, most };
    this.looks.push(look);
    return look;
  }

  /** Whether the last look saw the connection of this number. */
  saw(index: number): boolean {
    return this.lastSeen[index] === this.looks.length - 1;
  }

  /** Calls `tell` with the last look that saw each entry; undefined: none did. */
  forEach(tell: (index: number, lastSeen: number | undefined) => void): void {
    this.lastSeen.forEach((look, index) => {
      tell(index, look === NEVER ? undefined : look);
    });
  }
}

const SAMPLE = 8;

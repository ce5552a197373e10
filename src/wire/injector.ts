// The injector: sends a whole IP packet with our mark, so that the gates let it pass and the tape does not hear it (raw(7), SO_MARK).

import { close, int32, sendto, setsockopt, socket, succeed } from "../kernel/libc.ts";
import { SOCK_CLOEXEC, SOCK_RAW, SOL_SOCKET } from "../kernel/linux.ts";
import { ADDRESS_FAMILY, encodeSocketAddress, LOOPBACK } from "../kernel/socket-address.ts";
import type { Family } from "../tcp/segment.ts";
import { completeChecksum } from "../tcp/segment-codec.ts";
import { DELIVERED } from "./gate.ts";

/** linux/in.h: whole header given, for IPv6 as well. */
const IPPROTO_RAW = 255;
const SO_MARK = 36;

export class Injector implements Disposable {
  private readonly fd: number;
  private readonly destination: Uint8Array;

  /** Needs CAP_NET_RAW and CAP_NET_ADMIN over the namespace. */
  constructor(family: Family) {
    this.fd = succeed("socket(SOCK_RAW)", socket(ADDRESS_FAMILY[family], SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW));
    this.destination = encodeSocketAddress({ address: LOOPBACK[family], port: 0 });
    succeed("setsockopt(SO_MARK)", setsockopt(this.fd, SOL_SOCKET, SO_MARK, int32(DELIVERED), 4));
  }

  /** `packet` from the IP header on; its checksums are completed, since captured ones are partial. */
  send(packet: Uint8Array): void {
    const whole = completeChecksum(packet);
    succeed(
      `sendto() of ${packet.length} octets`,
      Number(sendto(this.fd, whole, whole.length, 0, this.destination, this.destination.length)),
    );
  }

  [Symbol.dispose](): void {
    close(this.fd);
  }
}

// A netlink socket to the kernel's list of sockets (sock_diag(7)): asks, and hands over the datagrams as they come.

import { encodeAddress } from "../tcp/ip-address.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import { close, ioctl, recv, send, socket, succeed } from "./libc.ts";
import { AF_NETLINK, IPPROTO_TCP, NLM_F_ACK, NLM_F_REQUEST, SOCK_CLOEXEC, SOCK_RAW } from "./linux.ts";
import { ADDRESS_FAMILY } from "./socket-address.ts";

/** linux/netlink.h, linux/sock_diag.h, linux/in.h, asm-generic/socket.h */
const NETLINK_SOCK_DIAG = 4;
const SOCK_DIAG_BY_FAMILY = 20;
const SOCK_DESTROY = 21;
const NLM_F_DUMP = 0x300;
const MSG_TRUNC = 0x20;
/** linux/sockios.h, and octets of linux/if.h's struct ifreq, which begins with the name. */
const SIOCGIFNAME = 0x8910;
const IFREQ_LENGTH = 40;
const IFNAMSIZ = 16;

/** Octets: struct nlmsghdr, and inet_diag_req_v2 with its inet_diag_sockid from octet 8 on. */
const HEADER = 16;
const REQUEST = 56;
const SOCKET_ID = HEADER + 8;
/** Any cookie (INET_DIAG_NOCOOKIE). */
const NO_COOKIE = 0xffffffff;
/** Octets; a dump's datagrams have at most 32 KiB (netlink_dump, net/netlink/af_netlink.c). */
const DATAGRAM = 1 << 16;
/** One for all: a socket is opened for each look, and a fresh buffer for each would cost more than the look. */
const received = new Uint8Array(DATAGRAM);

/** What the kernel itself passes over while it dumps. */
export interface DumpFilter {
  readonly family: Family;
  /** A bit for each state of net/tcp_states.h: 1 << 6 is TIME_WAIT. Default: all. */
  readonly states?: number;
  readonly localPort?: number;
  readonly remotePort?: number;
}

const ALL_STATES = 0xfff;

/** Belongs to the network namespace it was opened in, wherever the thread goes afterwards. */
export class SockDiagSocket implements Disposable {
  /** What `receive` filled, until any of these sockets receives again. */
  readonly datagram = received;
  private readonly fd: number;
  private sequence = 0;

  constructor() {
    this.fd = succeed("socket(NETLINK_SOCK_DIAG)", socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  }

  /** Asks for the list; its datagrams are to be received until one ends it. */
  askForDump(filter: DumpFilter): void {
    const request = this.newRequest(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, filter.family);
    request.setUint32(HEADER + 4, filter.states ?? ALL_STATES, true);
    request.setUint16(SOCKET_ID, filter.localPort ?? 0);
    request.setUint16(SOCKET_ID + 2, filter.remotePort ?? 0);
    this.send("asking for a dump", request);
  }

  /** Ends one socket, as `ss -K` does (CONFIG_INET_DIAG_DESTROY): the answer is one datagram with an errno. */
  askToDestroy(family: Family, local: Endpoint, remote: Endpoint): void {
    const request = this.newRequest(SOCK_DESTROY, NLM_F_ACK, family);
    request.setUint32(HEADER + 4, ALL_STATES, true);
    request.setUint16(SOCKET_ID, local.port);
    request.setUint16(SOCKET_ID + 2, remote.port);
    const bytes = new Uint8Array(request.buffer);
    bytes.set(encodeAddress(local.address), SOCKET_ID + 4);
    bytes.set(encodeAddress(remote.address), SOCKET_ID + 20);
    this.send("asking to end a socket", request);
  }

  /** Blocks until a datagram is there, and says how many octets of `datagram` it fills. */
  receive(): number {
    const length = Number(recv(this.fd, this.datagram, this.datagram.length, MSG_TRUNC));
    succeed("sock_diag: receiving", length);
    if (length > this.datagram.length) throw new Error(`sock_diag: a datagram of ${length} octets`);
    return length;
  }

  /** In the namespace that it belongs to; one character per octet. Undefined where no interface has that number. */
  interfaceName(index: number): string | undefined {
    const request = Buffer.alloc(IFREQ_LENGTH);
    request.writeInt32LE(index, IFNAMSIZ);
    if (ioctl(this.fd, SIOCGIFNAME, request) < 0) return undefined;
    return request.toString("latin1", 0, request.indexOf(0));
  }

  [Symbol.dispose](): void {
    close(this.fd);
  }

  private newRequest(type: number, flags: number, family: Family): DataView {
    const request = new DataView(new ArrayBuffer(HEADER + REQUEST));
    request.setUint32(0, request.byteLength, true);
    request.setUint16(4, type, true);
    request.setUint16(6, flags | NLM_F_REQUEST, true);
    request.setUint32(8, ++this.sequence, true);
    request.setUint8(HEADER, ADDRESS_FAMILY[family]);
    request.setUint8(HEADER + 1, IPPROTO_TCP);
    request.setUint32(SOCKET_ID + 40, NO_COOKIE, true);
    request.setUint32(SOCKET_ID + 44, NO_COOKIE, true);
    return request;
  }

  private send(attempt: string, request: DataView): void {
    succeed(`sock_diag: ${attempt}`, Number(send(this.fd, new Uint8Array(request.buffer), request.byteLength, 0)));
  }
}

/** Ends one socket of the thread's namespace; returns an errno, 0 for done. EOPNOTSUPP: this kernel cannot. */
export function destroySocket(family: Family, local: Endpoint, remote: Endpoint): number {
  using diag = new SockDiagSocket();
  diag.askToDestroy(family, local, remote);
  diag.receive();
  return -new DataView(diag.datagram.buffer).getInt32(HEADER, true);
}

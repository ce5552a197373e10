// A kernel TCP socket with the user calls of sockets(7) and tcp(7); a call that the kernel refuses is an answer, not an exception.

import type { Endpoint, Family } from "../tcp/segment.ts";
import {
  accept4,
  bind,
  close,
  connect,
  getsockopt,
  int32,
  ioctl,
  lastErrno,
  listen,
  recv,
  send,
  setsockopt,
  shutdown,
  socket,
  succeed,
} from "./libc.ts";
import { IPPROTO_TCP, SO_LINGER, SOCK_CLOEXEC, SOCK_STREAM, SOL_SOCKET } from "./linux.ts";
import { ADDRESS_FAMILY, encodeSocketAddress } from "./socket-address.ts";

/** asm-generic/socket.h, linux/net.h, linux/tcp.h, linux/in.h */
const SOCK_NONBLOCK = 0o4000;
const SO_REUSEADDR = 2;
const SO_ERROR = 4;
const TCP_INFO = 11;
const MSG_DONTWAIT = 0x40;
const MSG_NOSIGNAL = 0x4000;
const SIOCATMARK = 0x8905;

/** Flags of send(2) and recv(2) that a lab may ask for. */
export const MESSAGE_FLAGS = { outOfBand: 0x01, more: 0x8000 } as const;
export const SHUTDOWN_HOW = { receiving: 0, sending: 1, both: 2 } as const;

/** Socket options that a lab may set, by the name of their man page: level, number. */
export const SOCKET_OPTIONS = {
  SO_REUSEADDR: [SOL_SOCKET, SO_REUSEADDR],
  SO_KEEPALIVE: [SOL_SOCKET, 9],
  SO_OOBINLINE: [SOL_SOCKET, 10],
  SO_SNDBUF: [SOL_SOCKET, 7],
  SO_RCVBUF: [SOL_SOCKET, 8],
  TCP_NODELAY: [IPPROTO_TCP, 1],
  TCP_CORK: [IPPROTO_TCP, 3],
  TCP_KEEPIDLE: [IPPROTO_TCP, 4],
  TCP_KEEPINTVL: [IPPROTO_TCP, 5],
  TCP_KEEPCNT: [IPPROTO_TCP, 6],
  TCP_QUICKACK: [IPPROTO_TCP, 12],
  TCP_USER_TIMEOUT: [IPPROTO_TCP, 18],
} as const satisfies Record<string, readonly [number, number]>;
export type SocketOption = keyof typeof SOCKET_OPTIONS;

/** What a call came back with: a value, or an errno by name. */
export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: string };

const answer = (result: number): Answer<number> =>
  result < 0 ? { ok: false, error: lastErrno() } : { ok: true, value: result };

/** Non-blocking, closed on exec (a child would keep the connection alive). */
export class TcpSocket {
  readonly fd: number;

  private constructor(fd: number) {
    this.fd = fd;
  }

  static open(family: Family): TcpSocket {
    const type = SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC;
    return new TcpSocket(succeed("socket(SOCK_STREAM)", socket(ADDRESS_FAMILY[family], type, IPPROTO_TCP)));
  }

  bind(to: Endpoint): Answer<number> {
    const address = encodeSocketAddress(to);
    return answer(bind(this.fd, address, address.length));
  }

  listen(backlog: number): Answer<number> {
    return answer(listen(this.fd, backlog));
  }

  /** EINPROGRESS is no refusal: the SYN is on its way. */
  connect(to: Endpoint): Answer<"connected" | "in progress"> {
    const address = encodeSocketAddress(to);
    if (connect(this.fd, address, address.length) === 0) return { ok: true, value: "connected" };
    const error = lastErrno();
    return error === "EINPROGRESS" ? { ok: true, value: "in progress" } : { ok: false, error };
  }

  /** EAGAIN while no connection waits. */
  accept(): Answer<TcpSocket> {
    const accepted = answer(accept4(this.fd, null, null, SOCK_NONBLOCK | SOCK_CLOEXEC));
    return accepted.ok ? { ok: true, value: new TcpSocket(accepted.value) } : accepted;
  }

  /** How many octets the kernel took. */
  send(data: Uint8Array, flags = 0): Answer<number> {
    return answer(Number(send(this.fd, data, data.length, flags | MSG_DONTWAIT | MSG_NOSIGNAL)));
  }

  /** What was there, at most `limit` octets; none is the end of the stream. EAGAIN where nothing waits. */
  receive(limit: number, flags = 0): Answer<Uint8Array> {
    const data = new Uint8Array(limit);
    const received = answer(Number(recv(this.fd, data, limit, flags | MSG_DONTWAIT)));
    return received.ok ? { ok: true, value: data.subarray(0, received.value) } : received;
  }

  shutdown(side: keyof typeof SHUTDOWN_HOW): Answer<number> {
    return answer(shutdown(this.fd, SHUTDOWN_HOW[side]));
  }

  /** SO_LINGER {1, 0}: the close that follows sends RST instead of FIN (socket(7)). */
  lingerZero(): Answer<number> {
    const linger = new Uint8Array(Int32Array.of(1, 0).buffer); // struct linger: on, seconds
    return answer(setsockopt(this.fd, SOL_SOCKET, SO_LINGER, linger, linger.length));
  }

  setOption(name: SocketOption, value: number): Answer<number> {
    const [level, option] = SOCKET_OPTIONS[name];
    return answer(setsockopt(this.fd, level, option, int32(value), 4));
  }

  /** The pending error's number, taken away by asking (SO_ERROR); 0 for none. */
  takeError(): number {
    const value = new Uint8Array(4);
    succeed("getsockopt(SO_ERROR)", getsockopt(this.fd, SOL_SOCKET, SO_ERROR, value, int32(4)));
    return new DataView(value.buffer).getInt32(0, true);
  }

  /** Whether the next octet to be read is the one the urgent pointer marks (SIOCATMARK, tcp(7)). */
  atMark(): Answer<boolean> {
    const value = new Uint8Array(4);
    const asked = answer(ioctl(this.fd, SIOCATMARK, value));
    return asked.ok ? { ok: true, value: value[0] !== 0 } : asked;
  }

  close(): Answer<number> {
    return answer(close(this.fd));
  }
}

/** struct tcp_info of linux/tcp.h as far as this kernel fills it; octet 0 is the state. */
export function readTcpInfo(fd: number): Answer<Uint8Array> {
  const value = new Uint8Array(256);
  const length = int32(value.length);
  const asked = answer(getsockopt(fd, IPPROTO_TCP, TCP_INFO, value, length));
  return asked.ok ? { ok: true, value: value.subarray(0, new DataView(length.buffer).getInt32(0, true)) } : asked;
}

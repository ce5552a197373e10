// Reads what the kernel answers on a sock_diag(7) socket: datagrams of messages, each a struct inet_diag_msg.

import { decodeAddress } from "../../tcp/ip-address.ts";
import type { Family } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SocketEndpoint, SocketTimer, TcpSocketRecord, TimerKind } from "../tcp-socket.ts";
import { ipv4Text } from "../text/host.ts";

/** linux/netlink.h */
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLMSG_OVERRUN = 4;
const NLM_F_DUMP_INTR = 0x10;
/** Octets of struct nlmsghdr, and of struct inet_diag_msg (linux/inet_diag.h). */
const HEADER = 16;
export const INET_DIAG_MSG = 72;

/** Octets from the start of an inet_diag_msg. Ports and addresses are in network order, all else in the machine's. */
export const FIELD = {
  family: 0,
  state: 1,
  timer: 2,
  retransmissions: 3,
  localPort: 4,
  remotePort: 6,
  localAddress: 8,
  remoteAddress: 24,
  interface: 40,
  cookie: 44,
  expires: 52,
  receiveQueue: 56,
  sendQueue: 60,
  uid: 64,
  inode: 68,
} as const;

/** include/net/tcp_states.h; a half-open request (12, TCP_NEW_SYN_RECV) is dumped as 3. */
const STATE: Readonly<Record<number, TcpState>> = {
  1: "ESTABLISHED",
  2: "SYN_SENT",
  3: "SYN_RCVD",
  4: "FIN_WAIT_1",
  5: "FIN_WAIT_2",
  6: "TIME_WAIT",
  7: "CLOSED",
  8: "CLOSE_WAIT",
  9: "LAST_ACK",
  10: "LISTEN",
  11: "CLOSING",
  12: "SYN_RCVD",
};

/** idiag_timer (sock_diag(7)); 0: none runs. */
const TIMER: Readonly<Record<number, TimerKind>> = { 1: "retransmit", 2: "keepalive", 3: "time-wait", 4: "probe" };

/** AF_INET and AF_INET6 (linux/socket.h). */
const FAMILY: Readonly<Record<number, Family>> = { 2: "ipv4", 10: "ipv6" };

/** What a datagram did beside listing sockets. */
export interface DumpProgress {
  readonly ended: boolean;
  /** The list changed while the kernel walked it (NLM_F_DUMP_INTR): what was read may lack or repeat sockets. */
  readonly interrupted: boolean;
  /** errno as a positive number; 0 is the acknowledgement of a request. */
  readonly error?: number;
}

/**
 * Calls `visit` with the place of each inet_diag_msg in the first `length` octets of a datagram. Throws a RangeError
 * where a message does not fit.
 */
export function walkDatagram(bytes: DataView, length: number, visit: (place: number) => void): DumpProgress {
  let interrupted = false;
  for (let place = 0; place < length; ) {
    const octets = bytes.getUint32(place, true);
    const type = bytes.getUint16(place + 4, true);
    if (octets < HEADER || place + octets > length)
      throw new RangeError(`inet_diag: a message of ${octets} octets at ${place} of ${length}`);
    if ((bytes.getUint16(place + 6, true) & NLM_F_DUMP_INTR) !== 0) interrupted = true;
    if (type === NLMSG_DONE) {
      // Since Linux 4.15 an errno follows where the dump itself failed.
      const error = octets >= HEADER + 4 ? bytes.getInt32(place + HEADER, true) : 0;
      return { ended: true, interrupted, ...(error < 0 && { error: -error }) };
    }
    if (type === NLMSG_ERROR) return { ended: true, interrupted, error: -bytes.getInt32(place + HEADER, true) };
    if (type === NLMSG_OVERRUN) return { ended: true, interrupted: true };
    if (octets < HEADER + INET_DIAG_MSG) throw new RangeError(`inet_diag: a message of ${octets} octets is too short`);
    visit(place + HEADER);
    place += (octets + 3) & ~3;
  }
  return { ended: false, interrupted };
}

/** What the interface of that number is called in the namespace that was asked; undefined where there is none now. */
export type NameInterface = (index: number) => string | undefined;

/**
 * `raw`: the inet_diag_msg in hexadecimal, as it stands in the evidence, which does not say what an interface is called.
 * Throws a RangeError on what is none.
 */
export function readInetDiag(raw: string): TcpSocketRecord {
  const { buffer, byteOffset, length } = Buffer.from(raw, "hex");
  if (length !== INET_DIAG_MSG) throw new RangeError(`inet_diag: ${length} octets, not ${INET_DIAG_MSG}`);
  return recordAt(new DataView(buffer, byteOffset, length), 0, () => undefined);
}

/** The inet_diag_msg at `place`. Throws a RangeError for a state or a family that there is not. */
export function recordAt(bytes: DataView, place: number, nameInterface: NameInterface): TcpSocketRecord {
  const state = STATE[bytes.getUint8(place + FIELD.state)];
  if (state === undefined) throw new RangeError(`inet_diag: no such state ${bytes.getUint8(place + FIELD.state)}`);
  const family = FAMILY[bytes.getUint8(place + FIELD.family)];
  if (family === undefined) throw new RangeError(`inet_diag: no such family ${bytes.getUint8(place + FIELD.family)}`);
  const local = endpoint(bytes, family, place + FIELD.localAddress, place + FIELD.localPort);
  const index = bytes.getUint32(place + FIELD.interface, true);
  const cookie = place + FIELD.cookie;
  return {
    protocol: "tcp",
    family,
    state,
    // As ss: of the local end only, and by its number where the interface is gone.
    local: index === 0 ? local : { ...local, zone: nameInterface(index) ?? `if${index}` },
    remote: endpoint(bytes, family, place + FIELD.remoteAddress, place + FIELD.remotePort),
    receiveQueue: bytes.getUint32(place + FIELD.receiveQueue, true),
    sendQueue: bytes.getUint32(place + FIELD.sendQueue, true),
    timer: timerOf(bytes, place),
    uid: bytes.getUint32(place + FIELD.uid, true),
    inode: bytes.getUint32(place + FIELD.inode, true),
    cookie: hexadecimal(bytes.getUint32(cookie + 4, true), bytes.getUint32(cookie, true)),
  };
}

/** Of 64 bits, more than a number holds exactly. */
const hexadecimal = (high: number, low: number): string =>
  high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, "0");

function timerOf(bytes: DataView, place: number): SocketTimer | null {
  const kind = bytes.getUint8(place + FIELD.timer);
  if (kind === 0) return null;
  return {
    kind: TIMER[kind] ?? "unknown",
    milliseconds: bytes.getUint32(place + FIELD.expires, true),
    retransmissions: bytes.getUint8(place + FIELD.retransmissions),
  };
}

const endpoint = (bytes: DataView, family: Family, address: number, port: number): SocketEndpoint => ({
  address: family === "ipv4" ? ipv4Text(bytes.getUint32(address)) : ipv6At(bytes, address),
  port: bytes.getUint16(port),
});

function ipv6At(bytes: DataView, place: number): string {
  const address = decodeAddress(new Uint8Array(bytes.buffer, bytes.byteOffset + place, IPV6_OCTETS));
  return address === "::" ? "*" : address;
}

const IPV6_OCTETS = 16;

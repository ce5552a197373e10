// Reads what the kernel answers on a sock_diag(7) socket: datagrams of messages, each a struct inet_diag_msg.

import { decodeAddress } from "../tcp/ip-address.ts";
import type { TcpState } from "../tcp/state.ts";
import type { SocketEndpoint, SocketTimer, TcpSocketRecord, TimerKind } from "./tcp-socket.ts";

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

const AF_INET = 2;
const AF_INET6 = 10;

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

/** `raw`: the inet_diag_msg in hexadecimal, as it stands in the evidence. Throws a RangeError on what is none. */
export function readInetDiag(raw: string): TcpSocketRecord {
  const bytes = Buffer.from(raw, "hex");
  if (bytes.length !== INET_DIAG_MSG) throw new RangeError(`inet_diag: ${bytes.length} octets, not ${INET_DIAG_MSG}`);
  const state = STATE[bytes[FIELD.state] ?? 0];
  if (state === undefined) throw new RangeError(`inet_diag: no such state ${bytes[FIELD.state]}`);
  const family = { [AF_INET]: "ipv4", [AF_INET6]: "ipv6" }[bytes[FIELD.family] ?? 0];
  if (family !== "ipv4" && family !== "ipv6") throw new RangeError(`inet_diag: no such family ${bytes[FIELD.family]}`);
  const octets = family === "ipv4" ? 4 : 16;
  const cookie = bytes.readUInt32LE(FIELD.cookie) + bytes.readUInt32LE(FIELD.cookie + 4) * 2 ** 32;
  return {
    protocol: "tcp",
    family,
    state,
    local: endpoint(
      bytes.subarray(FIELD.localAddress, FIELD.localAddress + octets),
      bytes.readUInt16BE(FIELD.localPort),
    ),
    remote: endpoint(
      bytes.subarray(FIELD.remoteAddress, FIELD.remoteAddress + octets),
      bytes.readUInt16BE(FIELD.remotePort),
    ),
    receiveQueue: bytes.readUInt32LE(FIELD.receiveQueue),
    sendQueue: bytes.readUInt32LE(FIELD.sendQueue),
    timer: timerOf(bytes),
    uid: bytes.readUInt32LE(FIELD.uid),
    inode: bytes.readUInt32LE(FIELD.inode),
    cookie: cookie.toString(16),
  };
}

function timerOf(bytes: Buffer): SocketTimer | null {
  const kind = bytes[FIELD.timer] ?? 0;
  if (kind === 0) return null;
  return {
    kind: TIMER[kind] ?? "unknown",
    milliseconds: bytes.readUInt32LE(FIELD.expires),
    retransmissions: bytes[FIELD.retransmissions] ?? 0,
  };
}

const endpoint = (address: Uint8Array, port: number): SocketEndpoint => ({
  address: address.every((octet) => octet === 0) ? "*" : decodeAddress(address),
  port,
});

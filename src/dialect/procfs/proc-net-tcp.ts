// Reads /proc/net/tcp and tcp6 (proc_net_tcp.rst of the kernel's documentation; tcp4_seq_show() in net/ipv4/tcp_ipv4.c).

import type { TcpState } from "../../tcp/state.ts";
import type { TcpInfoFields } from "../inet-diag/tcp-info-fields.ts";
import type { AcceptEntry, ListingEntry, ListingReader } from "../listing-entry.ts";
import type { SocketTimer, TcpSocketRecord, TimerKind } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";
import { splitLines, type TakeLine } from "../text/lines.ts";
import { decimal, digitsEnd, type OctetText, skipBlanks, tokenEnd, trimmedEnd } from "../text/scan.ts";
import { type ByteOrder, HexadecimalAddresses, hexadecimal, IPV4_DIGITS, IPV6_DIGITS } from "./hexadecimal.ts";

/** linux/net/tcp_states.h by number; 12 and 13 are printed as other states. */
const STATES: readonly (TcpState | undefined)[] = [
  undefined,
  "ESTABLISHED",
  "SYN_SENT",
  "SYN_RCVD",
  "FIN_WAIT_1",
  "FIN_WAIT_2",
  "TIME_WAIT",
  "CLOSED",
  "CLOSE_WAIT",
  "LAST_ACK",
  "LISTEN",
  "CLOSING",
];
const TIMERS: readonly (TimerKind | undefined)[] = [undefined, "retransmit", "keepalive", "time-wait", "probe"];
const MILLISECONDS_PER_TICK = 10; // USER_HZ is 100 on every machine Node runs on
const COLON = 58;

const HEX_ENDPOINT = "[0-9A-F]{8}(?:[0-9A-F]{24})?:[0-9A-F]{4}";
const TCP_LINE = new RegExp(`^\\s*sl\\s+local_address|^\\s*\\d+: ${HEX_ENDPOINT} ${HEX_ENDPOINT} `);

export const isProcNetTcpLine = (line: string): boolean => TCP_LINE.test(line);

/** `byteOrder`: of the machine that the file comes from; all but s390x are little-endian. */
export function parseProcNetTcp(accept: AcceptEntry, byteOrder: ByteOrder = "little"): ListingReader {
  const addresses = HexadecimalAddresses.of(byteOrder);
  let number = 0;
  let isUdp = false;
  const take: TakeLine = (piece, start, end, isPlain) => {
    const { octets, text } = piece;
    number++;
    const last = trimmedEnd(octets, start, end);
    const raw = exactText(text.slice(start, last), isPlain);
    const at = skipBlanks(octets, start, last);
    if (at === last || text.startsWith("sl", at)) {
      if (at < last) isUdp = raw.endsWith(" drops");
      accept({ kind: "header", line: number, lines: 1, raw });
    } else accept(entryOf(readRow(piece, at, last, addresses), number, raw, isUdp));
  };
  return splitLines(take, (raw, length) => {
    number++;
    accept({ kind: "unreadable", line: number, lines: 1, raw: exactText(raw), reason: `a line of ${length} octets` });
  });
}

function entryOf(read: TcpSocketRecord | string, line: number, raw: string, isUdp: boolean): ListingEntry {
  if (typeof read === "string") return { kind: "unreadable", line, lines: 1, raw, reason: read };
  // Only the table of UDP ends in "drops"; it looks the same otherwise.
  return isUdp
    ? { kind: "other", line, lines: 1, raw, protocol: "udp" }
    : { kind: "socket", line, lines: 1, raw, socket: read };
}

/**
 * sl: local:port remote:port st tx:rx tr:when retrnsmt uid timeout inode ref pointer [rto ato quick|pingpong cwnd ssthresh]
 * The columns up to retrnsmt have fixed widths. A string is the reason why it cannot be read.
 */
function readRow(
  piece: OctetText,
  start: number,
  end: number,
  addresses: HexadecimalAddresses,
): TcpSocketRecord | string {
  const { octets, text } = piece;
  let at = digitsEnd(octets, start, end);
  if (at === start || octets[at] !== COLON) return "it does not begin with the number of a slot";
  at = skipBlanks(octets, at + 1, end);
  const digits = octets[at + IPV4_DIGITS] === COLON ? IPV4_DIGITS : IPV6_DIGITS;
  const peer = at + digits + 6;
  const st = peer + digits + 6;
  const columnsEnd = st + 41;
  if (columnsEnd > end) return "it ends before the column retrnsmt";
  const localAddress = addresses.read(piece, at, digits);
  const localPort = hexadecimal(octets, at + digits + 1, 4);
  const remoteAddress = addresses.read(piece, peer, digits);
  const remotePort = hexadecimal(octets, peer + digits + 1, 4);
  if (localAddress === undefined || localPort < 0) return "the local address is no hexadecimal address and port";
  if (remoteAddress === undefined || remotePort < 0) return "the remote address is no hexadecimal address and port";
  const state = STATES[hexadecimal(octets, st, 2)];
  if (state === undefined) return `no such state "${exactText(text.slice(st, st + 2))}"`;
  const sendQueue = hexadecimal(octets, st + 3, 8);
  const receiveQueue = hexadecimal(octets, st + 12, 8);
  const kind = hexadecimal(octets, st + 21, 2);
  const ticks = hexadecimal(octets, st + 24, 8);
  const retransmissions = hexadecimal(octets, st + 33, 8);
  if (sendQueue < 0 || receiveQueue < 0) return "a queue is no hexadecimal number";
  if (kind < 0 || ticks < 0 || retransmissions < 0) return "the timer is no hexadecimal number";

  const uidAt = skipBlanks(octets, columnsEnd, end);
  const uidEnd = tokenEnd(octets, uidAt, end);
  const probesAt = skipBlanks(octets, uidEnd, end);
  const probesEnd = tokenEnd(octets, probesAt, end);
  const inodeAt = skipBlanks(octets, probesEnd, end);
  const inodeEnd = tokenEnd(octets, inodeAt, end);
  const uid = decimal(octets, uidAt, uidEnd);
  const probes = decimal(octets, probesAt, probesEnd);
  const inode = decimal(octets, inodeAt, inodeEnd);
  if (uid < 0 || probes < 0 || inode < 0) return "uid, timeout or inode is no number";
  const timer = kind === 0 ? null : timerOf(kind, ticks, retransmissions, probes);
  const info = readInfo(octets, inodeEnd, end, state);
  const family = digits === IPV4_DIGITS ? "ipv4" : "ipv6";
  const local = { address: localAddress, port: localPort };
  const remote = { address: remoteAddress, port: remotePort };
  return info === undefined
    ? { protocol: "tcp", family, state, local, remote, receiveQueue, sendQueue, timer, uid, inode }
    : { protocol: "tcp", family, state, local, remote, receiveQueue, sendQueue, timer, uid, inode, info };
}

/** The column timeout counts the probes that were not answered (icsk_probes_out). */
function timerOf(number: number, ticks: number, retransmissions: number, probes: number): SocketTimer {
  const kind = TIMERS[number] ?? "unknown";
  return {
    kind,
    milliseconds: ticks * MILLISECONDS_PER_TICK,
    precisionMilliseconds: MILLISECONDS_PER_TICK,
    retransmissions: kind === "probe" || kind === "keepalive" ? probes : retransmissions,
  };
}

/** ref pointer rto ato quick|pingpong cwnd ssthresh; lines of TIME_WAIT and of half-open requests end behind the pointer. */
function readInfo(octets: Uint8Array, start: number, end: number, state: TcpState): TcpInfoFields | undefined {
  const pointer = nextToken(octets, nextToken(octets, start, end), end);
  const rtoEnd = nextToken(octets, pointer, end);
  if (rtoEnd === end) return undefined;
  const atoEnd = nextToken(octets, rtoEnd, end);
  const quickEnd = nextToken(octets, atoEnd, end);
  const windowEnd = nextToken(octets, quickEnd, end);
  const rto = numberBefore(octets, pointer, rtoEnd);
  const ato = numberBefore(octets, rtoEnd, atoEnd);
  const quick = numberBefore(octets, atoEnd, quickEnd);
  const window = numberBefore(octets, quickEnd, windowEnd);
  // -1 stands for "not set yet"; a listener has the limit of its fast open queue there.
  const threshold = numberBefore(octets, windowEnd, nextToken(octets, windowEnd, end));
  if (rto < 0 || ato < 0 || quick < 0 || window < 0) return undefined;
  const info: TcpInfoFields = {
    retransmissionTimeoutMilliseconds: rto * MILLISECONDS_PER_TICK,
    delayedAckTimeoutMilliseconds: ato * MILLISECONDS_PER_TICK,
    quickAcks: quick >>> 1,
    congestionWindowSegments: window,
  };
  if (threshold >= 0 && state !== "LISTEN") info.slowStartThresholdSegments = threshold;
  return info;
}

/** Index behind the token that follows. */
const nextToken = (octets: Uint8Array, at: number, end: number): number =>
  tokenEnd(octets, skipBlanks(octets, at, end), end);

const numberBefore = (octets: Uint8Array, start: number, end: number): number =>
  decimal(octets, skipBlanks(octets, start, end), end);

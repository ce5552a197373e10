// From the columns of a row and what stands behind and below them to the record.

import type { Family } from "../../tcp/segment.ts";
import type { TcpInfoFields } from "../inet-diag/tcp-info-fields.ts";
import type { TcpSocketRecord } from "../tcp-socket.ts";
import type { Extensions } from "./extensions.ts";
import type { SsRow } from "./row.ts";

const SECOND = 1000;

/** `isFromProcfs`: ss had no inet_diag to ask. Then timeouts are in seconds, and sk: is no cookie but an address. */
export function socketOf(row: SsRow, extensions: Extensions, isFromProcfs: boolean): TcpSocketRecord {
  const { uid, inode, cookie, owners, details } = extensions;
  const record = columnsOf(row, extensions);
  if (uid !== undefined) record.uid = uid;
  if (inode !== undefined) record.inode = inode;
  if (cookie !== undefined && !isFromProcfs) record.cookie = cookie;
  if (owners !== undefined) record.owners = owners;
  const info = infoOf(row, extensions, isFromProcfs);
  if (info !== undefined && Object.keys(info).length > 0) record.info = info;
  const more = isFromProcfs && cookie !== undefined ? { ...details, sk: cookie } : details;
  if (more !== undefined) record.details = more;
  return record;
}

type UnfinishedRecord = { -readonly [Name in keyof TcpSocketRecord]: TcpSocketRecord[Name] };

function columnsOf(row: SsRow, { timer, details }: Extensions): UnfinishedRecord {
  const { state, local, remote, receiveQueue, sendQueue } = row;
  const family = row.family ?? (details?.v6only === undefined ? undefined : "ipv6");
  // Nearly all rows: what is written out needs no place to grow into.
  if (family !== undefined && state !== undefined && receiveQueue >= 0)
    return timer === undefined
      ? { protocol: "tcp", family, state, local, remote, receiveQueue, sendQueue }
      : { protocol: "tcp", family, state, local, remote, receiveQueue, sendQueue, timer };
  return {
    protocol: "tcp",
    ...(family !== undefined && { family }),
    ...(state !== undefined && { state }),
    local,
    remote,
    ...(receiveQueue >= 0 && { receiveQueue, sendQueue }),
    ...(timer !== undefined && { timer }),
  };
}

/** Every socket that inet_diag knows has a congestion control algorithm; procfs does not name it. */
export const showsProcfs = ({ info }: Extensions): boolean =>
  info !== undefined && info.congestionControl === undefined && info.congestionWindowSegments !== undefined;

function infoOf({ state }: SsRow, { info }: Extensions, isFromProcfs: boolean): TcpInfoFields | undefined {
  if (isFromProcfs) return inMilliseconds(info);
  return state === "LISTEN" ? ofListener(info) : info;
}

function inMilliseconds(info: TcpInfoFields | undefined): TcpInfoFields | undefined {
  if (info === undefined) return undefined;
  const { retransmissionTimeoutMilliseconds: rto, delayedAckTimeoutMilliseconds: ato } = info;
  return {
    ...info,
    ...(rto !== undefined && { retransmissionTimeoutMilliseconds: rto * SECOND }),
    ...(ato !== undefined && { delayedAckTimeoutMilliseconds: ato * SECOND }),
  };
}

/** tcp_get_info() puts a listener's accept queue where other sockets have their segments (net/ipv4/tcp.c). */
function ofListener(info: TcpInfoFields | undefined): TcpInfoFields | undefined {
  if (info === undefined) return undefined;
  const { segmentsUnacknowledged, segmentsSacked, ...others } = info;
  return {
    ...others,
    ...(segmentsUnacknowledged !== undefined && { acceptQueueLength: segmentsUnacknowledged }),
    ...(segmentsSacked !== undefined && { acceptQueueLimit: segmentsSacked }),
  };
}

/** What "*" stood for, in a record that does not say its family. */
export function withFamily(socket: TcpSocketRecord, family: Family | null | undefined): TcpSocketRecord {
  if (socket.family !== undefined || family === undefined || family === null) return socket;
  const { protocol, ...others } = socket;
  return { protocol, family, ...others };
}

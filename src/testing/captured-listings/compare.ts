// Holds a record against the socket it was read of, field by field: equal, absent, cut or wrong.

import type { SocketTimer, TcpSocketRecord, TimerKind } from "../../dialect/tcp-socket.ts";
import type { Capture } from "./capture.ts";
import { trueOwners } from "./true-owners.ts";
import type { TrueSocket } from "./true-sockets.ts";

export type Outcome = "equal" | "absent" | "cut" | "wrong";

export const FIELDS = [
  "family",
  "state",
  "local address",
  "local port",
  "zone",
  "remote address",
  "remote port",
  "receive queue",
  "send queue",
  "timer",
  "uid",
  "inode",
  "cookie",
  "owners",
] as const;
export type Field = (typeof FIELDS)[number];
export type Comparison = Readonly<Record<Field, Outcome>>;

export function compare(capture: Capture, record: TcpSocketRecord, truth: TrueSocket): Comparison {
  return {
    family: same(record.family, truth.family),
    state: same(record.state, truth.state),
    "local address": address(record.local, truth.local.address),
    "local port": same(record.local.port, truth.local.port),
    zone: same(record.local.zone, truth.local.zone),
    "remote address": address(record.remote, truth.remote.address),
    "remote port": same(record.remote.port, truth.remote.port),
    "receive queue": same(record.receiveQueue, truth.receiveQueue),
    "send queue": same(record.sendQueue, sendQueue(capture, truth)),
    timer: timer(record.timer, truth, capture.name.includes(".after.") ? READ_AFTER_MS : 0),
    uid: same(record.uid, truth.uid),
    inode: capture.isOfSecondScene ? "equal" : same(record.inode, truth.inode),
    cookie: capture.isOfSecondScene ? "equal" : same(record.cookie, truth.cookie),
    owners: owners(capture, record, truth),
  };
}

const same = (seen: unknown, truth: unknown): Outcome =>
  seen === truth ? "equal" : seen === undefined ? "absent" : "wrong";

function address(seen: TcpSocketRecord["local"], truth: string): Outcome {
  if (seen.cut !== undefined) return truth.startsWith(seen.address) ? "cut" : "wrong";
  // A name stands for the address; it is known of this scene's only.
  return seen.address === "localhost" && truth === "127.0.0.1" ? "absent" : same(seen.address, truth);
}

/** procfs shows no limit of a listener's accept queue. */
function sendQueue({ readsProcfs }: Capture, { state, sendQueue }: TrueSocket): number {
  return state === "LISTEN" && readsProcfs ? 0 : sendQueue;
}

const KINDS: readonly (TimerKind | null)[] = [null, "retransmit", "keepalive", "time-wait", "probe"];
/** The longest that a timer was set to while the captures were taken. */
const LONGEST_RETRANSMISSION_MS = 10_000;

/** /proc/net/tcp was read once more, this much after the second dump. */
const READ_AFTER_MS = 50;

function timer(seen: SocketTimer | null | undefined, { before, after }: TrueSocket, lateMs: number): Outcome {
  const kind = KINDS[before.number] ?? null;
  if (seen === undefined) return kind === null ? "equal" : "absent";
  if (seen === null || kind === null) return seen === kind ? "equal" : "wrong";
  return seen.kind === kind && isBetween(seen, before, after, lateMs) ? "equal" : "wrong";
}

/** A timer that was not set anew runs down from `before` to `after`. */
function isBetween(
  seen: SocketTimer,
  before: TrueSocket["before"],
  after: TrueSocket["after"],
  lateMs: number,
): boolean {
  const counts = [before.retransmissions, after.retransmissions];
  if (seen.retransmissions < Math.min(...counts) || seen.retransmissions > Math.max(...counts)) return false;
  const latest = seen.milliseconds + (seen.precisionMilliseconds ?? 1) + lateMs;
  const isSetAnew = before.retransmissions !== after.retransmissions;
  if (!isSetAnew) return seen.milliseconds <= before.milliseconds && latest >= after.milliseconds;
  if (seen.kind === "retransmit" && seen.retransmissions === before.retransmissions)
    return seen.milliseconds <= before.milliseconds;
  if (seen.kind === "retransmit" && seen.retransmissions === after.retransmissions)
    return latest >= after.milliseconds && seen.milliseconds <= LONGEST_RETRANSMISSION_MS;
  return seen.milliseconds <= LONGEST_RETRANSMISSION_MS;
}

function owners(capture: Capture, { owners }: TcpSocketRecord, truth: TrueSocket): Outcome {
  const expected = trueOwners(capture, truth);
  if (owners === undefined) return expected === undefined ? "equal" : "absent";
  const seen = owners.map(({ name, pid }) => ({ name, pid }));
  return JSON.stringify(seen) === JSON.stringify(expected) ? "equal" : "wrong";
}

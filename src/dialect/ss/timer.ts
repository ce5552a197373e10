// ss's timer:(name,expire,retrans), printed by tcp_timer_print() and print_ms_timer() of iproute2's misc/ss.c.

import { decimal, digitsEnd } from "../scan.ts";
import type { SocketTimer, TimerKind } from "../tcp-socket.ts";

const KINDS: ReadonlyMap<string, TimerKind> = new Map([
  ["on", "retransmit"],
  ["keepalive", "keepalive"],
  ["timewait", "time-wait"],
  ["persist", "probe"],
  ["delack", "delayed-ack"],
  ["unknown", "unknown"],
]);
const SECOND = 1000;
const MINUTE = 60_000;
/** 2^31 ms: beyond it the unsigned number was a negative one, of a timer that is overdue ("71582min"). */
const WRAPPED = 2 ** 31;

/** What stands between the parentheses. Undefined for what is no timer. */
export function readTimer(text: string, start: number, end: number): SocketTimer | undefined {
  const first = text.indexOf(",", start);
  const last = text.lastIndexOf(",", end - 1);
  if (first < start || last <= first) return undefined;
  const kind = KINDS.get(text.slice(start, first));
  const retransmissions = decimal(text, last + 1, end);
  const left = readDuration(text, first + 1, last);
  if (kind === undefined || retransmissions < 0 || left === undefined) return undefined;
  return { kind, milliseconds: left.milliseconds, precisionMilliseconds: left.precision, retransmissions };
}

interface Duration {
  readonly milliseconds: number;
  readonly precision: number;
}

/**
 * `M"min"` with `S"sec"` only below ten minutes; `S"sec"` with milliseconds only below ten seconds; `mmm"ms"`; nothing at
 * all for 0. "2.144ms" (until 6.10) and "2.144sec" (since) are both 2144 ms.
 */
function readDuration(text: string, start: number, end: number): Duration | undefined {
  if (start === end) return { milliseconds: 0, precision: 1 };
  const behind = digitsEnd(text, start, end);
  const value = decimal(text, start, behind);
  if (value < 0) return undefined;
  const rest = text.slice(behind, end);
  if (rest.startsWith("min")) return readMinutes(value, rest.slice("min".length));
  if (rest === "ms") return { milliseconds: value, precision: 1 };
  // Milliseconds are left off where there are none, and from ten seconds on.
  if (rest === "sec") return { milliseconds: value * SECOND, precision: value < 10 ? 1 : SECOND };
  const fraction = MILLISECONDS.test(rest) ? decimal(rest, 1, 4) : -1;
  return fraction < 0 ? undefined : { milliseconds: value * SECOND + fraction, precision: 1 };
}

const MILLISECONDS = /^\.\d{3}(?:sec|ms)$/;

function readMinutes(minutes: number, rest: string): Duration | undefined {
  if (minutes * MINUTE >= WRAPPED) return { milliseconds: 0, precision: 1 };
  // Seconds are left off where there are none, and from ten minutes on.
  if (rest === "") return { milliseconds: minutes * MINUTE, precision: minutes < 10 ? SECOND : MINUTE };
  const seconds = rest.endsWith("sec") ? decimal(rest, 0, rest.length - "sec".length) : -1;
  return seconds < 0 ? undefined : { milliseconds: minutes * MINUTE + seconds * SECOND, precision: SECOND };
}

// ss's timer:(name,expire,retrans), printed by tcp_timer_print() and print_ms_timer() of iproute2's misc/ss.c.

import { decimal } from "../scan.ts";
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
export function readTimer(text: string): SocketTimer | undefined {
  const first = text.indexOf(",");
  const last = text.lastIndexOf(",");
  if (last <= first) return undefined;
  const kind = KINDS.get(text.slice(0, first));
  const retransmissions = decimal(text, last + 1, text.length);
  const left = readDuration(text.slice(first + 1, last));
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
function readDuration(text: string): Duration | undefined {
  if (text === "") return { milliseconds: 0, precision: 1 };
  const unit = text.indexOf("min");
  if (unit < 0) return readSeconds(text);
  const minutes = decimal(text, 0, unit);
  if (minutes < 0) return undefined;
  if (minutes * MINUTE >= WRAPPED) return { milliseconds: 0, precision: 1 };
  const rest = unit + "min".length;
  // Seconds are left off where there are none, and from ten minutes on.
  if (rest === text.length) return { milliseconds: minutes * MINUTE, precision: minutes < 10 ? SECOND : MINUTE };
  const seconds = text.endsWith("sec") ? decimal(text, rest, text.length - "sec".length) : -1;
  return seconds < 0 ? undefined : { milliseconds: minutes * MINUTE + seconds * SECOND, precision: SECOND };
}

function readSeconds(text: string): Duration | undefined {
  const unit = text.endsWith("sec") ? "sec" : text.endsWith("ms") ? "ms" : undefined;
  if (unit === undefined) return undefined;
  const end = text.length - unit.length;
  const dot = text.indexOf(".");
  if (dot >= 0) {
    const seconds = decimal(text, 0, dot);
    const fraction = decimal(text, dot + 1, end);
    if (seconds < 0 || fraction < 0 || end - dot - 1 !== 3) return undefined;
    return { milliseconds: seconds * SECOND + fraction, precision: 1 };
  }
  const value = decimal(text, 0, end);
  if (value < 0) return undefined;
  if (unit === "ms") return { milliseconds: value, precision: 1 };
  // Milliseconds are left off where there are none, and from ten seconds on.
  return { milliseconds: value * SECOND, precision: value < 10 ? 1 : SECOND };
}

// ss's timer:(name,expire,retrans), printed by tcp_timer_print() and print_ms_timer() of iproute2's misc/ss.c.

import type { SocketTimer, TimerKind } from "../tcp-socket.ts";
import { beginsWith, decimal, digitsEnd, indexWithin, wordOf } from "../text/scan.ts";
import { WordTable } from "../text/word-table.ts";

const KINDS = new WordTable<TimerKind>([
  ["on", "retransmit"],
  ["keepalive", "keepalive"],
  ["timewait", "time-wait"],
  ["persist", "probe"],
  ["delack", "delayed-ack"],
  ["unknown", "unknown"],
]);
const COMMA = 44;
const CLOSE = 41;
const DOT = 46;
const MINUTES = wordOf("min");
const SECONDS = wordOf("sec");
const MILLISECONDS = wordOf("ms");
const SECOND = 1000;
const MINUTE = 60_000;
/** 2^31 ms: beyond it the unsigned number was a negative one, of a timer that is overdue ("71582min"). */
const WRAPPED = 2 ** 31;

/** Reads them in one pass, since most rows have one. */
export class SsTimers {
  /** Index behind the one that was read last. */
  next = 0;
  #milliseconds = 0;
  #precision = 0;

  /** From behind "timer:(" on. Undefined for what is no timer. */
  read(octets: Uint8Array, start: number, end: number): SocketTimer | undefined {
    const nameEnd = indexWithin(octets, COMMA, start, end);
    const timeEnd = nameEnd < 0 ? -1 : this.#readTime(octets, nameEnd + 1, end);
    if (timeEnd < 0 || octets[timeEnd] !== COMMA) return undefined;
    const close = digitsEnd(octets, timeEnd + 1, end);
    const retransmissions = decimal(octets, timeEnd + 1, close);
    const kind = KINDS.find(octets, start, nameEnd);
    if (kind === undefined || retransmissions < 0 || close === end || octets[close] !== CLOSE) return undefined;
    this.next = close + 1;
    return { kind, milliseconds: this.#milliseconds, precisionMilliseconds: this.#precision, retransmissions };
  }

  /**
   * `M"min"` with `S"sec"` only below ten minutes; `S"sec"` with milliseconds only below ten seconds; `mmm"ms"`; nothing
   * at all for 0. "2.144ms" (until 6.10) and "2.144sec" (since) are both 2144 ms. Index behind it; -1 for what is no time.
   */
  #readTime(octets: Uint8Array, start: number, end: number): number {
    const unit = digitsEnd(octets, start, end);
    if (unit === start) return this.#take(0, 1, start);
    const value = decimal(octets, start, unit);
    if (value < 0) return -1;
    if (beginsWith(octets, MINUTES, unit)) return this.#readSeconds(octets, value, unit + MINUTES.length, end);
    if (beginsWith(octets, MILLISECONDS, unit)) return this.#take(value, 1, unit + MILLISECONDS.length);
    // Milliseconds are left off where there are none, and from ten seconds on.
    if (beginsWith(octets, SECONDS, unit))
      return this.#take(value * SECOND, value < 10 ? 1 : SECOND, unit + SECONDS.length);
    const behind = unit + ".000".length;
    if (octets[unit] !== DOT || digitsEnd(octets, unit + 1, end) !== behind) return -1;
    const word = beginsWith(octets, SECONDS, behind) ? SECONDS : MILLISECONDS;
    if (!beginsWith(octets, word, behind)) return -1;
    return this.#take(value * SECOND + decimal(octets, unit + 1, behind), 1, behind + word.length);
  }

  /** Of a time of minutes. */
  #readSeconds(octets: Uint8Array, minutes: number, start: number, end: number): number {
    const unit = digitsEnd(octets, start, end);
    const isWrapped = minutes * MINUTE >= WRAPPED;
    // Seconds are left off where there are none, and from ten minutes on.
    if (unit === start && isWrapped) return this.#take(0, 1, start);
    if (unit === start) return this.#take(minutes * MINUTE, minutes < 10 ? SECOND : MINUTE, start);
    const seconds = decimal(octets, start, unit);
    if (isWrapped || seconds < 0 || !beginsWith(octets, SECONDS, unit)) return -1;
    return this.#take(minutes * MINUTE + seconds * SECOND, SECOND, unit + SECONDS.length);
  }

  #take(milliseconds: number, precision: number, next: number): number {
    this.#milliseconds = milliseconds;
    this.#precision = precision;
    return next;
  }
}

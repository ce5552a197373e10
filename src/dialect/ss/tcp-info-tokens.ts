// ss's words for the fields of struct tcp_info (tcp_stats_print() of iproute2's misc/ss.c), and how their values are written.

import type { TcpInfoFields } from "../inet-diag/tcp-info-fields.ts";

type NumberField = {
  [K in keyof TcpInfoFields]-?: TcpInfoFields[K] extends number | undefined ? K : never;
}[keyof TcpInfoFields];

interface Token {
  readonly fields: readonly [NumberField, NumberField?];
  /** Between the two values. */
  readonly between?: string;
  /** Behind the value. */
  readonly unit?: "ms" | "bps";
}

const plain = (field: NumberField): Token => ({ fields: [field] });
const ms = (field: NumberField): Token => ({ fields: [field], unit: "ms" });

/** name:value. */
export const TOKENS: ReadonlyMap<string, Token> = new Map<string, Token>([
  ["wscale", { fields: ["sendWindowShift", "receiveWindowShift"], between: "," }],
  ["rto", plain("retransmissionTimeoutMilliseconds")],
  ["backoff", plain("backoffs")],
  ["rtt", { fields: ["roundTripMilliseconds", "roundTripVariationMilliseconds"], between: "/" }],
  ["ato", plain("delayedAckTimeoutMilliseconds")],
  ["qack", plain("quickAcks")],
  ["mss", plain("maximumSegmentOctets")],
  ["pmtu", plain("pathMtuOctets")],
  ["rcvmss", plain("receiveSegmentOctets")],
  ["advmss", plain("advertisedSegmentOctets")],
  ["cwnd", plain("congestionWindowSegments")],
  ["ssthresh", plain("slowStartThresholdSegments")],
  ["bytes_sent", plain("octetsSent")],
  ["bytes_retrans", plain("octetsRetransmitted")],
  ["bytes_acked", plain("octetsAcknowledged")],
  ["bytes_received", plain("octetsReceived")],
  ["segs_out", plain("segmentsSent")],
  ["segs_in", plain("segmentsReceived")],
  ["data_segs_out", plain("dataSegmentsSent")],
  ["data_segs_in", plain("dataSegmentsReceived")],
  ["lastsnd", plain("sinceLastSentMilliseconds")],
  ["lastrcv", plain("sinceLastReceivedMilliseconds")],
  ["lastack", plain("sinceLastAckMilliseconds")],
  ["delivered", plain("segmentsDelivered")],
  ["delivered_ce", plain("segmentsDeliveredMarked")],
  ["busy", ms("busyMilliseconds")],
  ["rwnd_limited", ms("receiveWindowLimitedMilliseconds")],
  ["sndbuf_limited", ms("sendBufferLimitedMilliseconds")],
  ["unacked", plain("segmentsUnacknowledged")],
  ["retrans", { fields: ["segmentsInRetransmission", "segmentsRetransmitted"], between: "/" }],
  ["lost", plain("segmentsLost")],
  ["sacked", plain("segmentsSacked")],
  ["fackets", plain("segmentsForwardAcknowledged")],
  ["dsack_dups", plain("duplicateSacks")],
  ["reordering", plain("reorderingSegments")],
  ["reord_seen", plain("reorderingsSeen")],
  ["rcv_rtt", plain("receiveRoundTripMilliseconds")],
  ["rcv_space", plain("receiveSpaceOctets")],
  ["rcv_ssthresh", plain("receiveSlowStartThresholdOctets")],
  ["notsent", plain("octetsNotSent")],
  ["minrtt", plain("minimumRoundTripMilliseconds")],
  ["rcv_ooopack", plain("segmentsOutOfOrder")],
  ["snd_wnd", plain("sendWindowOctets")],
  ["rcv_wnd", plain("receiveWindowOctets")],
  ["rehash", plain("rehashes")],
]);

/** A word, a space, the value. */
export const RATES: ReadonlyMap<string, Token> = new Map<string, Token>([
  ["send", { fields: ["sendBitsPerSecond"], unit: "bps" }],
  ["pacing_rate", { fields: ["pacingBitsPerSecond", "maximumPacingBitsPerSecond"], between: "/", unit: "bps" }],
  ["delivery_rate", { fields: ["deliveryBitsPerSecond"], unit: "bps" }],
]);

/** Words that stand alone. Any other that stands before the first value is the congestion control algorithm's name. */
export const FLAGS: ReadonlySet<string> = new Set(
  "ts usec_ts sack ecn ecnseen fastopen bidir app_limited fallback remote_key zc_ro_tx no_pad_rx".split(" "),
);

/** Whether a line that was cut off could end so. */
export const beginsField = (word: string): boolean =>
  [...TOKENS.keys(), ...RATES.keys()].some((name) => name.startsWith(word));

/** False where the value is not written as this token's are; nothing is stored then. */
export function storeToken(info: TcpInfoFields, { fields, between, unit }: Token, value: string): boolean {
  const parts = between === undefined ? [value] : value.split(between);
  const numbers = parts.map((part) => readNumber(part, unit));
  if (numbers.length > fields.length || numbers.includes(undefined)) return false;
  if (unit === undefined && numbers.length < fields.length) return false;
  for (const [index, field] of fields.entries()) {
    const number = numbers[index];
    if (field !== undefined && number !== undefined) info[field] = number;
  }
  return true;
}

/** printf's %g may write exponents; behind busy times stands a percentage; rates have multipliers of 1000. */
const NUMBER = /^(-?\d+(?:\.\d+)?(?:e[+-]\d+)?)(.*)$/;
const MULTIPLIERS: Readonly<Record<string, number>> = {
  bps: 1,
  Kbps: 1e3,
  kbps: 1e3,
  Mbps: 1e6,
  Gbps: 1e9,
  Tbps: 1e12,
};

function readNumber(text: string, unit: Token["unit"]): number | undefined {
  const [, digits, rest = ""] = NUMBER.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const number = Number(digits);
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return undefined;
  if (unit === undefined) return rest === "" ? number : undefined;
  if (unit === "ms") return /^ms(\(\d+(\.\d+)?%\))?$/.test(rest) ? number : undefined;
  const multiplier = MULTIPLIERS[rest];
  return multiplier === undefined ? undefined : Math.round(number * multiplier);
}

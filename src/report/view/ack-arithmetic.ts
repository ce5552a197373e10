// The arithmetic behind an ack, as an equation: which segment of the other end it acknowledges, and how the sum is made.

import type { SegmentLine } from "../../evidence/timeline.ts";
import { otherEnd } from "../../tcp/end.ts";
import { sequenceAfter } from "../../tcp/segment.ts";

const MODULUS = 2 ** 32;

/** "ack = 1234567 + 1 (SYN) = 1234568"; `before`: the segments of the same connection that were sent earlier. */
export function ackEquation(line: SegmentLine, before: readonly SegmentLine[]): string {
  if (!line.flags.includes("ACK")) return "no ACK";
  const others = before.filter((earlier) => isAnswered(earlier, line));
  const acknowledged = others.findLast((earlier) => sequenceAfter(earlier) === line.ack && consumes(earlier));
  if (acknowledged !== undefined) return equation(acknowledged, line.ack);
  if (others.some(({ seq }) => seq === line.ack)) return `ack = ${line.ack}, the next number expected; nothing new`;
  if (others.length === 0) return `ack = ${line.ack}, the next number expected of an end that sent nothing here yet`;
  return `ack = ${line.ack}, after which no segment of the ${otherEnd(line.end)}'s ends`;
}

const isAnswered = (earlier: SegmentLine, line: SegmentLine): boolean =>
  earlier.end === otherEnd(line.end) && earlier.from.port === line.to.port && earlier.to.port === line.from.port;

const consumes = (line: SegmentLine): boolean => sequenceAfter(line) !== line.seq;

function equation({ seq, length, flags }: SegmentLine, ack: number): string {
  const terms = [
    `${seq}`,
    ...(flags.includes("SYN") ? ["1 (SYN)"] : []),
    ...(length > 0 ? [`${length} (${length === 1 ? "octet" : "octets"})`] : []),
    ...(flags.includes("FIN") ? ["1 (FIN)"] : []),
  ];
  return `ack = ${terms.join(" + ")} = ${ack}${ack < seq ? ` (modulo ${MODULUS})` : ""}`;
}

// What is compared of a segment, field by field; numbers are relative, and what differs in every run is left out.

import type { RelativeNumbers } from "../evidence/relative-numbers.ts";
import type { SegmentLine } from "../evidence/timeline.ts";
import type { End } from "../tcp/end.ts";
import { formatFlags } from "../tcp/flags.ts";

/** One segment, or several of which only their sum is compared. */
export interface Piece {
  readonly end: End;
  readonly lines: readonly SegmentLine[];
  /** By name: "flags", "seq", "ack", "length", "urgent pointer"; what has none is not compared. */
  readonly fields: Fields;
  /** By name, in their order: "mss", "window-scale". */
  readonly options: Fields;
}

type Fields = Readonly<Record<string, string>>;

export const pieceOf = (line: SegmentLine, numbers: RelativeNumbers): Piece => ({
  end: line.end,
  lines: [line],
  fields: {
    flags: formatFlags(line.flags),
    seq: `${numbers.seq}`,
    ...(line.flags.includes("ACK") && { ack: `${numbers.ack}` }),
    length: `${line.length}`,
    ...(line.flags.includes("URG") && { "urgent pointer": `${line.urgentPointer}` }),
  },
  options: Object.fromEntries(line.options.flatMap((option) => optionOf(option, numbers))),
});

/** Clocks differ in every run; a NOP only fills up. */
function optionOf(option: string, { sack = "" }: RelativeNumbers): readonly (readonly [string, string])[] {
  const [name = "", ...values] = option.split(" ");
  if (name === "nop") return [];
  return [[name, name === "timestamps" ? "" : name === "sack" ? sack : values.join(" ")]];
}

/** "server SYN ACK seq=0 ack=1 length=0 <mss 65495, window-scale 7>" */
export function formatPiece({ end, fields: { flags, ...rest }, options }: Piece): string {
  const numbers = Object.entries(rest).map(([name, value]) => ` ${name.replace(" ", "-")}=${value}`);
  const formatted = Object.entries(options).map(([name, value]) => `${name} ${value}`.trimEnd());
  return `${end} ${flags}${numbers.join("")} <${formatted.join(", ")}>`;
}

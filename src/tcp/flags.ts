// The control bits of a segment (RFC 9293 §3.1) and the one spelling of a combination: "SYN ACK", "FIN ACK", "PSH ACK".

/** In the order in which a combination is written; the value is the bit in octet 13 of the TCP header. */
export const FLAG_BITS = {
  SYN: 0x02,
  FIN: 0x01,
  RST: 0x04,
  PSH: 0x08,
  URG: 0x20,
  ACK: 0x10,
  ECE: 0x40,
  CWR: 0x80,
} as const;

export type Flag = keyof typeof FLAG_BITS;

export const FLAGS = Object.keys(FLAG_BITS) as readonly Flag[];

/** By octet 13: every combination is made once. */
const COMBINATIONS: readonly (readonly Flag[])[] = Array.from({ length: 0x100 }, (_, bits) =>
  FLAGS.filter((flag) => (bits & FLAG_BITS[flag]) !== 0),
);

export const flagsOf = (bits: number): readonly Flag[] => COMBINATIONS[bits & 0xff] ?? [];

export function flagBits(flags: readonly Flag[]): number {
  let bits = 0;
  for (const flag of flags) bits |= FLAG_BITS[flag];
  return bits;
}

const SPELLED: readonly string[] = COMBINATIONS.map((flags) => flags.join(" ") || "none");

/** "SYN ACK"; "none" for a segment without any flag. */
export const formatFlags = (flags: readonly Flag[]): string => SPELLED[flagBits(flags)] ?? "none";

/**
 * What a SYN that asks for explicit congestion notification is besides, or a SYN ACK that agrees (RFC 3168 §6.1.1): SYN, or
 * SYN ACK. Of every other segment all flags.
 */
export function withoutEcn(flags: readonly Flag[]): readonly Flag[] {
  switch (formatFlags(flags)) {
    case "SYN ECE CWR":
      return ["SYN"];
    case "SYN ACK ECE":
      return ["SYN", "ACK"];
    default:
      return flags;
  }
}

/** Whether `words` mean a segment of these flags: where they do not name ECE, one that asks for ECN or agrees is meant too. */
export const areMeantBy = (words: string, flags: readonly Flag[]): boolean =>
  words === formatFlags(words.includes("ECE") ? flags : withoutEcn(flags));

/** Reads "SYN ACK" in any order of its words; undefined when a word is no flag. */
export function readFlags(text: string): readonly Flag[] | undefined {
  if (text === "none") return [];
  const words = text.split(" ");
  return words.every((word) => Object.hasOwn(FLAG_BITS, word))
    ? FLAGS.filter((flag) => words.includes(flag))
    : undefined;
}

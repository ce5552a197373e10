// The formats that a listing may have, one row each: the lines that it is known by, and what reads it.

import type { AcceptEntry, ListingReader } from "./listing-entry.ts";
import { isNetstatLine } from "./netstat/is-netstat-line.ts";
import { parseNetstat } from "./netstat/netstat.ts";
import type { ByteOrder } from "./procfs/hexadecimal.ts";
import { isProcNetTcpLine, parseProcNetTcp } from "./procfs/proc-net-tcp.ts";
import { isSsLine } from "./ss/is-ss-line.ts";
import { parseSs } from "./ss/ss.ts";

interface ListingFormat {
  /** Whether a line near the beginning is of this format: without its newline, one character per octet. */
  readonly has: (line: string) => boolean;
  readonly parse: (accept: AcceptEntry, byteOrder?: ByteOrder) => ListingReader;
}

export const FORMATS = {
  ss: { has: isSsLine, parse: parseSs },
  netstat: { has: isNetstatLine, parse: parseNetstat },
  procfs: { has: isProcNetTcpLine, parse: parseProcNetTcp },
} as const satisfies Readonly<Record<string, ListingFormat>>;

export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

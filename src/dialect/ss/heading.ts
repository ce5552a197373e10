// The lines of ss that are no rows: column heads, and the summary of ss -s.

import { type OctetText, skipBlanks, tokenEnd } from "../text/scan.ts";

const FIRST_COLUMNS: ReadonlySet<string> = new Set(["Netid", "NetidState", "State", "Recv-Q", "Local"]);
const SUMMARY: ReadonlySet<string> = new Set(["Total:", "TCP:", "Transport"]);
const SUMMARY_ROW = /^(?:\*|RAW|UDP|TCP|INET|FRAG)\t/;
/** 4.15 to 6.7 print the MD5 keys of all sockets there. */
const KEYS_IN_FRONT = /^\S+?(?:Netid|State|Recv-Q)\s.*Local Address:Port\s+Peer Address:Port/;

export function isHeading({ octets, text }: OctetText, start: number, end: number): boolean {
  const at = skipBlanks(octets, start, end);
  const word = text.slice(at, tokenEnd(octets, at, end));
  if (FIRST_COLUMNS.has(word)) return text.slice(at, end).includes("Address:Port");
  if (KEYS_IN_FRONT.test(text.slice(at, end))) return true;
  return SUMMARY.has(word) || SUMMARY_ROW.test(text.slice(at, Math.min(end, at + 8)));
}

// What a parser makes of a listing: every line of the input is in exactly one entry.

import type { TcpSocketRecord } from "./tcp-socket.ts";

export interface Lines {
  /** Number of the first line, from 1. */
  readonly line: number;
  /** How many lines it took. */
  readonly lines: number;
  /** Those lines as they stand, joined by "\n"; octets that are no UTF-8 as U+DC80 to U+DCFF. */
  readonly raw: string;
}

export type ListingEntry =
  | (Lines & { readonly kind: "socket"; readonly socket: TcpSocketRecord })
  /** Column heads, titles, notices, summaries and blank lines. */
  | (Lines & { readonly kind: "header" })
  /** A row (with its further lines) of another protocol, by the tool's name for it: udp, mptcp, unix ... */
  | (Lines & { readonly kind: "other"; readonly protocol: string })
  | (Lines & { readonly kind: "unreadable"; readonly reason: string });

/** Takes the octets of a listing in pieces of any size. Entries come in the order of the lines; none after `end`. */
export interface ListingReader {
  write(chunk: Uint8Array): void;
  end(): void;
}

export type AcceptEntry = (entry: ListingEntry) => void;
export type ParseListing = (accept: AcceptEntry) => ListingReader;

/** A listing that is in memory as a whole. */
export function readListing(parse: ParseListing, bytes: Uint8Array): readonly ListingEntry[] {
  const entries: ListingEntry[] = [];
  const reader = parse((entry) => entries.push(entry));
  reader.write(bytes);
  reader.end();
  return entries;
}

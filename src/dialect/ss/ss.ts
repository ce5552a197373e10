// Reads what ss (iproute2 3.10 to 7.1) prints about TCP sockets, with any options, with a header or without.

import type { Family } from "../../tcp/segment.ts";
import type { AcceptEntry, Lines, ListingEntry, ListingReader } from "../listing-entry.ts";
import type { TcpSocketRecord } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";
import { splitFor } from "../text/lines.ts";
import { type OctetText, octetText, skipBlanks, trimmedEnd } from "../text/scan.ts";
import { AnyAddress } from "./any-address.ts";
import { type Extensions, OPEN_USERS, readExtensions } from "./extensions.ts";
import { reasonAgainst } from "./further-line.ts";
import { isHeading } from "./heading.ts";
import { InOrder } from "./in-order.ts";
import { MislabelledUdp } from "./mislabelled-udp.ts";
import { SsRow } from "./row.ts";
import { showsProcfs, socketOf, withFamily } from "./socket-of.ts";
import { SS_STATES } from "./state-names.ts";

/**
 * Output of one table only (`ss -t`) names no protocol: it is read as TCP. A record may be a row and the lines below it,
 * which begin with a blank; a newline in a process name breaks a row in two.
 */
export function parseSs(accept: AcceptEntry): ListingReader {
  return splitFor(new SsReader(accept));
}

/** A process name has at most 15 octets; a list of users with more newlines than this is no list of users. */
const MOST_JOINED_LINES = 32;
const SPACE = 32;
const TAB = 9;
const QUOTE = 34;

class SsReader {
  readonly #out: InOrder;
  #anyAddress = new AnyAddress();
  readonly #row = new SsRow(() => this.#anyAddress);
  /** Is asked whether a line could be a row, and learns nothing from it. */
  readonly #probe = new SsRow(() => new AnyAddress());
  #mislabelled = new MislabelledUdp();
  #isFromProcfs = false;
  #number = 0;
  /** The line is known to be ASCII. */
  #isPlain = false;
  /** The record whose further lines may still come. */
  #open: { line: number; lines: number; raw: string; extensions: Extensions; protocol: string | undefined } | undefined;
  /** Lines of a row whose list of users has not ended. */
  #unfinished: string[] = [];

  constructor(accept: AcceptEntry) {
    this.#out = new InOrder(accept);
  }

  line(piece: OctetText, start: number, end: number, isPlain: boolean): void {
    this.#number++;
    this.#isPlain = isPlain;
    if (this.#unfinished.length > 0) this.#join(piece.text.slice(start, end));
    else this.#take(piece, start, end);
  }

  tooLong(start: string, length: number): void {
    this.#number++;
    this.#finish();
    this.#unreadable(start, `a line of ${length} octets`);
  }

  end(): void {
    this.#finish();
    this.#out.settle(null);
  }

  #take(piece: OctetText, start: number, end: number): void {
    const { octets, text } = piece;
    const first = octets[start];
    const last = trimmedEnd(octets, start, end);
    if (last === start) {
      if (start === end || this.#open === undefined) this.#heading(text.slice(start, end));
      else this.#addLine(text.slice(start, end));
    } else if ((first !== TAB && first !== SPACE) || !this.#takeFurtherLine(piece, start, last)) {
      this.#takeRow(piece, start, last);
      // Blanks at its end belong to the name that goes on.
      if (this.#unfinished.length > 0) this.#unfinished = [text.slice(start, end)];
    }
  }

  #takeRow(piece: OctetText, start: number, end: number): void {
    const { text } = piece;
    this.#close();
    const reason = this.#row.read(piece, start, end);
    if (reason === undefined) this.#takeRest(piece, start, end);
    else if (isHeading(piece, start, end)) this.#heading(text.slice(start, end));
    else this.#unreadable(text.slice(start, end), reason);
    if (this.#anyAddress.family !== undefined) this.#out.settle(this.#anyAddress.family);
  }

  #takeRest(piece: OctetText, start: number, end: number): void {
    const { text } = piece;
    const reason = this.#openRow(piece, start, end);
    if (reason === OPEN_USERS) this.#unfinished = [text.slice(start, end)];
    else if (reason !== undefined) this.#unreadable(text.slice(start, end), reason);
  }

  /** The row that was just read, with its extensions; or why it is none. */
  #openRow(piece: OctetText, start: number, end: number): string | undefined {
    const text = piece.text.slice(start, end);
    const extensions: Extensions = {};
    const { protocol } = this.#row;
    const reason = protocol === undefined ? readExtensions(piece, this.#row.next, end, extensions) : openUsers(text);
    if (reason === undefined)
      this.#open = { line: this.#number, lines: 1, raw: exactText(text, this.#isPlain), extensions, protocol };
    return reason;
  }

  /** False when it is none, but may be a row that someone indented. */
  #takeFurtherLine(piece: OctetText, start: number, end: number): boolean {
    const raw = piece.text.slice(start, end);
    if (this.#open?.protocol !== undefined) {
      if (this.#looksLikeRow(raw)) return false;
      this.#addLine(raw);
      return true;
    }
    const found: Extensions = {};
    const reason = readExtensions(piece, start, end, found);
    if (reason !== undefined && this.#looksLikeRow(raw)) return false;
    if (reason !== undefined && isHeading(piece, start, end)) return false;
    const against = reason ?? this.#reasonAgainst(found);
    if (against === undefined) this.#addLine(raw);
    else {
      this.#close();
      this.#unreadable(raw, against);
    }
    return true;
  }

  /** Why it is not what stands below the row before; where nothing is against it, it is added to that. */
  #reasonAgainst(found: Extensions): string | undefined {
    const conflict = this.#open === undefined ? "its row is missing" : reasonAgainst(this.#open.extensions, found);
    return conflict === undefined ? undefined : `a line that belongs below a row: ${conflict}`;
  }

  #addLine(raw: string): void {
    if (this.#open === undefined) return;
    this.#open.lines++;
    this.#open.raw += `\n${exactText(raw)}`;
  }

  /** The rest of a name that holds a newline, if the list of users then ends; else the row before was cut off. */
  #join(line: string): void {
    const joined = [...this.#unfinished, line];
    this.#isPlain = false;
    const piece = octetText(joined.join("\n"));
    const { length } = piece.octets;
    const reason = this.#row.read(piece, 0, length) ?? this.#openRow(piece, 0, trimmedEnd(piece.octets, 0, length));
    if (this.#open !== undefined) {
      this.#unfinished = [];
      this.#open.line -= joined.length - 1;
      this.#open.lines = joined.length;
      return;
    }
    this.#unfinished = joined;
    // Where the list has ended, and what follows it is no part of a row, no further line makes it one.
    if (reason !== OPEN_USERS || joined.length > MOST_JOINED_LINES || this.#looksLikeRow(line))
      this.#giveUpUnfinished();
  }

  /** The first of the lines is unreadable, the others are taken again. */
  #giveUpUnfinished(): void {
    const [first = "", ...others] = this.#unfinished;
    const number = this.#number;
    this.#unfinished = [];
    this.#number -= others.length;
    this.#unreadable(first, `cut off: ${OPEN_USERS}`);
    for (const line of others) this.line(octetText(line), 0, line.length, false);
    this.#number = number;
  }

  #looksLikeRow(line: string): boolean {
    const piece = octetText(line);
    if (this.#probe.read(piece, 0, line.length) !== undefined) return false;
    if (this.#probe.protocol === undefined)
      return piece.octets[skipBlanks(piece.octets, this.#probe.next, line.length)] !== QUOTE;
    const [, second = ""] = line.trim().split(/\s+/, 2);
    return SS_STATES.has(second) || /^\d+$/.test(second);
  }

  #finish(): void {
    while (this.#unfinished.length > 0) this.#giveUpUnfinished();
    this.#close();
  }

  #close(): void {
    if (this.#open === undefined) return;
    const { line, lines, raw, extensions, protocol } = this.#open;
    this.#open = undefined;
    if (protocol !== undefined) {
      this.#out.put({ kind: "other", line, lines, raw, protocol });
      return;
    }
    this.#isFromProcfs ||= showsProcfs(extensions);
    const socket = socketOf(this.#row, extensions, this.#isFromProcfs);
    const { isNamedTcp, hasStar } = this.#row;
    if (hasStar || isNamedTcp) this.#putWhenKnown(socket, { line, lines, raw }, isNamedTcp, hasStar);
    else this.#out.put({ kind: "socket", line, lines, raw, socket });
  }

  #putWhenKnown(socket: TcpSocketRecord, where: Lines, isNamedTcp: boolean, hasStar: boolean): void {
    const settle = (family: Family | null | undefined): ListingEntry =>
      isNamedTcp && this.#mislabelled.isUdp(socket, family)
        ? { kind: "other", ...where, protocol: "udp" }
        : { kind: "socket", ...where, socket: hasStar ? withFamily(socket, family) : socket };
    const { family } = this.#anyAddress;
    const matters = socket.family === undefined || isNamedTcp;
    if (this.#out.isWaiting || (hasStar && matters && family === undefined)) this.#out.putWaiting(settle);
    else this.#out.put(settle(family));
  }

  #heading(raw: string): void {
    this.#close();
    if (raw !== "") {
      this.#out.settle(null);
      this.#anyAddress = new AnyAddress();
      this.#mislabelled = new MislabelledUdp();
      this.#isFromProcfs = false;
    }
    this.#out.put({ kind: "header", line: this.#number, lines: 1, raw: exactText(raw) });
  }

  #unreadable(raw: string, reason: string): void {
    this.#out.put({ kind: "unreadable", line: this.#number, lines: 1, raw: exactText(raw), reason });
  }
}

/** Of a row of another protocol nothing is read but whether it goes on in the next line. */
function openUsers(row: string): string | undefined {
  const at = row.indexOf("users:((");
  return at < 0 ? undefined : readExtensions(octetText(row), at, row.length, {});
}

// What ss prints behind the two addresses, on the row or on the lines below it: users, timer, details, memory, tcp_info.

import type { TcpInfoFields } from "../inet-diag/tcp-info-fields.ts";
import type { SocketOwner, SocketTimer } from "../tcp-socket.ts";
import { exactText } from "../text/exact-text.ts";
import { beginsWith, decimal, isTokenEnd, type OctetText, skipBlanks, tokenEnd, wordOf } from "../text/scan.ts";
import { beginsField, FLAGS, RATES, storeToken, TOKENS } from "./tcp-info-tokens.ts";
import { SsTimers } from "./timer.ts";
import { readUsers } from "./users.ts";

/** What has been read of one socket so far. */
export interface Extensions {
  owners?: readonly SocketOwner[];
  timer?: SocketTimer;
  uid?: number;
  inode?: number;
  cookie?: string;
  info?: TcpInfoFields;
  details?: Record<string, string>;
}

/** The list of users goes on in the next line: a process name holds a newline. */
export const OPEN_USERS = "the list of users does not end";

/** Shutdown arrows: <-> both ways, --> receiving shut down, <-- sending shut down, --- both. */
const ARROWS: ReadonlySet<string> = new Set(["<->", "-->", "<--", "---"]);
/** A cgroup's path and an MD5 key may hold blanks: they end where one of these begins. */
const BEHIND_CGROUP = / (?:v6only:[01]|<->|-->|<--|---|tos:|tclass:|class_id:|cgroup:|inet-sockopt:|skmem:\()/;
const BEHIND_KEYS = / tcp-ulp-/;
const HEXADECIMAL = /^[0-9a-f]+$/;
/** A count of 64 bits that Number would round. */
const BEYOND_NUMBER = /^\d{16,20}$/;
const WORD = /^[a-z][a-z0-9_.-]*$/i;
const TIMER = wordOf("timer:(");
const USERS = wordOf("users:(");
const UID = wordOf("uid:");
const INODE = wordOf("ino:");
const SOCKET_OPTIONS = "inet-sockopt: (";

const timers = new SsTimers();

/** Undefined when all of it was read; else why not. What was read before that is stored all the same. */
export function readExtensions(piece: OctetText, start: number, end: number, into: Extensions): string | undefined {
  const { octets, text } = piece;
  let at = skipBlanks(octets, start, end);
  while (at < end) {
    let next: number;
    if (beginsWith(octets, TIMER, at)) {
      const timer = timers.read(octets, at + TIMER.length, end);
      if (timer === undefined || !isTokenEnd(octets, timers.next, end))
        return unknown(text, at, tokenEnd(octets, at, end));
      into.timer = timer;
      next = timers.next;
    } else if (beginsWith(octets, USERS, at)) {
      const users = readUsers(text.slice(at + USERS.length, end));
      if (users === undefined) return OPEN_USERS;
      into.owners = users.owners;
      next = at + USERS.length + users.length;
    } else {
      const token = readOther(piece, at, tokenEnd(octets, at, end), end, into);
      if (typeof token === "string") return token;
      next = token;
    }
    at = skipBlanks(octets, next, end);
  }
  return undefined;
}

const unknown = (text: string, start: number, end: number): string =>
  `"${exactText(text.slice(start, Math.min(end, start + 80)))}" is nothing that ss prints behind the addresses`;

/** Index behind what was read, or why it was not. */
function readOther(piece: OctetText, at: number, tokenEnds: number, end: number, into: Extensions): number | string {
  const { octets, text } = piece;
  const isUid = beginsWith(octets, UID, at);
  if (isUid || beginsWith(octets, INODE, at)) {
    const number = decimal(octets, at + UID.length, tokenEnds);
    if (number < 0) return unknown(text, at, tokenEnds);
    if (isUid) into.uid = number;
    else into.inode = number;
    return tokenEnds;
  }
  const token = text.slice(at, tokenEnds);
  const colon = token.indexOf(":");
  if (colon < 0) return readWord(piece, token, at, tokenEnds, end, into);
  const name = token.slice(0, colon);
  const value = token.slice(colon + 1);
  switch (name) {
    case "sk":
      if (!HEXADECIMAL.test(value)) return unknown(text, at, tokenEnds);
      into.cookie = value.startsWith("0") ? value.replace(/^0+(?=.)/, "") : value;
      return tokenEnds;
    case "cgroup":
      return keepUntil(BEHIND_CGROUP, name, text, at + colon + 1, end, into);
    case "md5keys":
      return keepUntil(BEHIND_KEYS, name, text, at + colon + 1, end, into);
    case "inet-sockopt":
      return readSocketOptions(text, at, end, into);
  }
  if (!WORD.test(name)) return unknown(text, at, tokenEnds);
  // tcp-ulp-tls writes its fields as "version: 1.3".
  if (value === "" && tokenEnds < end) {
    const from = skipBlanks(octets, tokenEnds, end);
    const to = tokenEnd(octets, from, end);
    keep(into, name, text.slice(from, to));
    return to;
  }
  return storeNamed(name, value, into) ? tokenEnds : unknown(text, at, tokenEnds);
}

function storeNamed(name: string, value: string, into: Extensions): boolean {
  const known = TOKENS.get(name);
  into.info ??= {};
  if (known !== undefined && known.fields[0] in into.info) return false;
  if (known !== undefined && storeToken(into.info, known, value)) return true;
  if (known !== undefined && !BEYOND_NUMBER.test(value)) return false;
  keep(into, name, value);
  return true;
}

function readWord(
  piece: OctetText,
  word: string,
  at: number,
  tokenEnds: number,
  end: number,
  into: Extensions,
): number | string {
  const { octets, text } = piece;
  if (ARROWS.has(word)) {
    keep(into, "shutdown", word);
    return tokenEnds;
  }
  const rate = RATES.get(word);
  into.info ??= {};
  if (rate !== undefined) {
    const from = skipBlanks(octets, tokenEnds, end);
    const to = tokenEnd(octets, from, end);
    return storeToken(into.info, rate, text.slice(from, to)) ? to : unknown(text, at, to);
  }
  if (!WORD.test(word)) return unknown(text, at, tokenEnds);
  if (FLAGS.has(word) || word.startsWith("tcp-ulp-") || into.info.congestionControl !== undefined) {
    if (tokenEnds === end && !FLAGS.has(word) && beginsField(word))
      return `cut off: "${word}" begins a field whose value is missing`;
    into.info.flags ??= [];
    into.info.flags.push(word);
  } else into.info.congestionControl = word;
  return tokenEnds;
}

function readSocketOptions(text: string, at: number, end: number, into: Extensions): number | string {
  const close = text.slice(at, end).indexOf(")");
  if (close < 0 || !text.startsWith(SOCKET_OPTIONS, at)) return unknown(text, at, end);
  const options = text.slice(at + SOCKET_OPTIONS.length, at + close).trim();
  keep(into, "inet-sockopt", options);
  return at + close + 1;
}

/** To where `behind` matches, or to the end; without trailing blanks. */
function keepUntil(behind: RegExp, name: string, text: string, start: number, end: number, into: Extensions): number {
  const rest = text.slice(start, end);
  const found = behind.exec(rest);
  const next = found === null ? end : start + found.index;
  keep(into, name, text.slice(start, next).trimEnd());
  return next;
}

/** What stands there twice (cgroup by -e and by --cgroup) says the same twice. */
function keep(into: Extensions, name: string, value: string): void {
  into.details ??= {};
  into.details[name] = exactText(value);
}

// One row of ss: which of its columns are there, and what they say. Columns are never found by the header: it is often misaligned.

import type { Family } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SocketEndpoint } from "../tcp-socket.ts";
import { ColonEndpoints } from "../text/colon-endpoint.ts";
import { exactText } from "../text/exact-text.ts";
import { familyOfForm, type HostForm } from "../text/host.ts";
import { decimal, isWord, type OctetText, skipBlanks, tokenEnd, wordOf } from "../text/scan.ts";
import { WordTable } from "../text/word-table.ts";
import type { AnyAddress } from "./any-address.ts";
import { SS_OTHER_PROTOCOLS, SS_STATES } from "./state-names.ts";

const STATES = new WordTable(SS_STATES);
const TCP = wordOf("tcp");

/** The columns of the row that was read last; reused from row to row. */
export class SsRow {
  state: TcpState | undefined;
  /** -1 where the column is not there (-Q). */
  receiveQueue = -1;
  sendQueue = -1;
  local: SocketEndpoint = { address: "*" };
  remote: SocketEndpoint = { address: "*" };
  /** Undefined where both ends are "*" or names. */
  family: Family | undefined;
  hasStar = false;
  /** The row has a column Netid, and it says tcp. */
  isNamedTcp = false;
  /** Index behind the addresses. */
  next = 0;
  /** The protocol where it is not TCP; then nothing else was read. */
  protocol: string | undefined;
  #endpoints = new ColonEndpoints();
  readonly #anyAddress: () => AnyAddress;

  constructor(anyAddress: () => AnyAddress) {
    this.#anyAddress = anyAddress;
  }

  /** Undefined when it was read; else why it is no row. */
  read(piece: OctetText, start: number, end: number): string | undefined {
    const { octets, text } = piece;
    this.state = undefined;
    this.protocol = undefined;
    this.isNamedTcp = false;
    this.receiveQueue = -1;
    this.sendQueue = -1;
    let at = skipBlanks(octets, start, end);
    let next = tokenEnd(octets, at, end);
    this.state = STATES.find(octets, at, next);
    if (this.state === undefined && isWord(octets, TCP, at, next)) {
      this.isNamedTcp = true;
      at = skipBlanks(octets, next, end);
      next = tokenEnd(octets, at, end);
      this.state = STATES.find(octets, at, next);
    }
    if (this.state === undefined) {
      const word = text.slice(at, next);
      if (SS_OTHER_PROTOCOLS.has(word)) {
        this.protocol = word;
        return undefined;
      }
      if (decimal(octets, at, next) < 0 && !word.includes(":")) return this.#gluedOrUnknown(piece, word, at, end);
    } else {
      at = skipBlanks(octets, next, end);
      next = tokenEnd(octets, at, end);
    }
    // Else the first column that is left is a queue or, with -Q, an address.
    return this.#readRest(piece, at, next, end);
  }

  /** From the queues on; they are two, or none. */
  #readRest(piece: OctetText, start: number, firstEnd: number, end: number): string | undefined {
    const { octets, text } = piece;
    let at = start;
    let next = firstEnd;
    const receiveQueue = decimal(octets, at, next);
    if (receiveQueue >= 0) {
      at = skipBlanks(octets, next, end);
      next = tokenEnd(octets, at, end);
      const sendQueue = decimal(octets, at, next);
      if (sendQueue < 0) return `Send-Q is "${exactText(text.slice(at, next))}"`;
      this.receiveQueue = receiveQueue;
      this.sendQueue = sendQueue;
      at = skipBlanks(octets, next, end);
    }
    const endpoints = this.#endpoints;
    const local = endpoints.readToken(piece, at, end);
    if (local === undefined) return noEndpoint("local", text, at, endpoints.next);
    const localForm = endpoints.form;
    this.#anyAddress().notice(endpoints);
    at = skipBlanks(octets, endpoints.next, end);
    const remote = endpoints.readToken(piece, at, end);
    if (remote === undefined) return noEndpoint("peer", text, at, endpoints.next);
    this.#anyAddress().notice(endpoints);
    this.local = local;
    this.remote = remote;
    this.next = endpoints.next;
    this.#settleFamily(localForm, endpoints.form);
    return undefined;
  }

  #settleFamily(local: HostForm, remote: HostForm): void {
    this.family = familyOfForm(local) ?? familyOfForm(remote);
    this.hasStar = local === "star" || remote === "star";
    if (local === "ipv4" && remote === "star") this.#anyAddress().noticeStarForIpv4();
    // Only a mapped or dual socket's peer is "*" where the local address is an IPv6 one: that tells nothing new.
  }

  /**
   * 4.15 to 4.19 leave no blank between columns that fill their width. 4.15 to 6.7 print the MD5 keys of all sockets
   * (md5keys) in front of their output, without a newline.
   */
  #gluedOrUnknown(piece: OctetText, word: string, at: number, end: number): string | undefined {
    const { octets, text } = piece;
    for (const protocol of SS_OTHER_PROTOCOLS)
      if (word.startsWith(protocol) && SS_STATES.has(word.slice(protocol.length))) {
        this.protocol = protocol;
        return undefined;
      }
    for (const [name, state] of SS_STATES) {
      const queue = word.startsWith(name) ? name.length : -1;
      const before = word.endsWith(name) ? word.length : -1;
      if (before < 0 && (queue < 0 || decimal(octets, at + queue, at + word.length) < 0)) continue;
      this.state = state;
      const rest = skipBlanks(octets, at + Math.max(queue, before), end);
      return this.#readRest(piece, rest, tokenEnd(octets, rest, end), end);
    }
    if (word.endsWith("tcp")) {
      const rest = skipBlanks(octets, at + word.length, end);
      if (SS_STATES.has(text.slice(rest, tokenEnd(octets, rest, end)))) return this.read(piece, rest, end);
    }
    return `"${exactText(word.slice(0, 80))}" is neither a state nor a protocol that ss prints`;
  }
}

const noEndpoint = (which: string, text: string, start: number, end: number): string =>
  start === end
    ? `it ends before the ${which} address`
    : `the ${which} address is "${exactText(text.slice(start, Math.min(end, start + 80)))}"`;

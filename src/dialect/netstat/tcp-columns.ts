// The columns that a TCP row of netstat begins with on Linux and the BSDs: protocol, two queues, two addresses.

import type { TcpSocketRecord } from "../tcp-socket.ts";
import { decimal, type OctetText, octetText, skipBlanks, tokenEnd } from "../text/scan.ts";

const PROTOCOLS = ["tcp", "tcp4", "tcp6", "tcp46"] as const;
const DOT = 46;
const COLON = 58;

/** Of the row that was read last; reused from row to row. */
export class TcpColumns {
  protocol: (typeof PROTOCOLS)[number] = "tcp";
  receiveQueue = 0;
  sendQueue = 0;
  piece: OctetText = octetText("");
  localStart = 0;
  localEnd = 0;
  remoteStart = 0;
  remoteEnd = 0;
  end = 0;

  /** False when the stretch is no such row. */
  read(piece: OctetText, start: number, end: number): boolean {
    const { octets, text } = piece;
    if (!text.startsWith("tcp", start)) return false;
    const protocolEnd = tokenEnd(octets, start, end);
    const protocol = PROTOCOLS.find((name) => name.length === protocolEnd - start && text.startsWith(name, start));
    if (protocol === undefined) return false;
    const receiveStart = skipBlanks(octets, protocolEnd, end);
    const receiveEnd = tokenEnd(octets, receiveStart, end);
    const sendStart = skipBlanks(octets, receiveEnd, end);
    const sendEnd = tokenEnd(octets, sendStart, end);
    this.receiveQueue = decimal(octets, receiveStart, receiveEnd);
    this.sendQueue = decimal(octets, sendStart, sendEnd);
    this.localStart = skipBlanks(octets, sendEnd, end);
    this.localEnd = tokenEnd(octets, this.localStart, end);
    this.remoteStart = skipBlanks(octets, this.localEnd, end);
    this.remoteEnd = tokenEnd(octets, this.remoteStart, end);
    if (this.receiveQueue < 0 || this.sendQueue < 0 || this.remoteStart === end) return false;
    this.protocol = protocol;
    this.piece = piece;
    this.end = end;
    return true;
  }

  /** Whether the local address's port stands behind a dot, as on the BSDs. */
  get isDotted(): boolean {
    let index = this.localEnd - 1;
    for (; index >= this.localStart; index--) {
      const code = this.piece.octets[index];
      if (code === DOT || code === COLON) return code === DOT;
    }
    return false;
  }

  get local(): string {
    return this.piece.text.slice(this.localStart, this.localEnd);
  }

  get remote(): string {
    return this.piece.text.slice(this.remoteStart, this.remoteEnd);
  }

  /** Index of what stands behind the addresses, from the state on. */
  get restStart(): number {
    return skipBlanks(this.piece.octets, this.remoteEnd, this.end);
  }

  get rest(): string {
    return this.piece.text.slice(this.restStart, this.end);
  }
}

/** The record, or the reason why the line is none. */
export type ReadRow = TcpSocketRecord | string;

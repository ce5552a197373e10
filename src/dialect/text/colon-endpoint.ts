// Reads an address and port divided by the last ":", as ss, net-tools, busybox and Windows print them.

import type { SocketEndpoint } from "../tcp-socket.ts";
import { exactText } from "./exact-text.ts";
import { addressOf, formOfHost, type HostForm, ipv4End, isZeros } from "./host.ts";
import { indexWithin, isTokenEnd, type OctetText, octetAt, tokenEnd } from "./scan.ts";

const COLON = 58;
const PERCENT = 37;
const STAR = 42;
const OPEN = 91;
const CLOSE = 93;
const ZERO = 48;
const HIGHEST_PORT = 0xffff;
const MOST_DIGITS = 5;
/** Names in /etc/services. */
const SERVICE = /^[A-Za-z0-9_.+*/-]*[A-Za-z][A-Za-z0-9_.+*/-]*$/;

/** One for each parser: `form` and `bracketed` tell of the endpoint that was read last. */
export class ColonEndpoints {
  form: HostForm = "name";
  bracketed = false;
  /** Index behind what was read last. */
  next = 0;

  /** Undefined for what is no endpoint. */
  read(piece: OctetText, start: number, end: number): SocketEndpoint | undefined {
    const endpoint = this.#ipv4(piece, start, end);
    return endpoint !== undefined && this.next === end ? endpoint : this.#other(piece, start, end);
  }

  /** The token that begins at `start`. */
  readToken(piece: OctetText, start: number, end: number): SocketEndpoint | undefined {
    const endpoint = this.#ipv4(piece, start, end);
    if (endpoint !== undefined && isTokenEnd(piece.octets, this.next, end)) return endpoint;
    const next = tokenEnd(piece.octets, start, end);
    const other = this.#other(piece, start, next);
    this.next = next;
    return other;
  }

  /** What most of them are, in one pass: an IPv4 address and the number of a port. More may stand behind them. */
  #ipv4({ octets, text }: OctetText, start: number, end: number): SocketEndpoint | undefined {
    const colon = ipv4End(octets, start, end);
    if (colon < 0 || octets[colon] !== COLON) return undefined;
    const port = this.#port(octets, colon + 1, end);
    if (port < 0) return undefined;
    const isAny = isZeros(text, start, colon);
    this.bracketed = false;
    this.form = isAny ? "ipv4-any" : "ipv4";
    return { address: isAny ? "*" : text.slice(start, colon), port };
  }

  #other(piece: OctetText, start: number, end: number): SocketEndpoint | undefined {
    const { octets, text } = piece;
    let colon = end - 1;
    while (colon >= start && octets[colon] !== COLON) colon--;
    if (colon <= start || colon === end - 1) return undefined;
    const port = this.#port(octets, colon + 1, end);
    if (port >= 0 && this.next === end) return this.#host(piece, start, colon, port);
    return this.#withService(piece, start, colon, text.slice(colon + 1, end));
  }

  #withService(piece: OctetText, start: number, colon: number, service: string): SocketEndpoint | undefined {
    if (!SERVICE.test(service)) return undefined;
    const host = this.#host(piece, start, colon, 0);
    if (host === undefined) return undefined;
    const { address, zone } = host;
    return zone === undefined ? { address, service } : { address, service, zone };
  }

  #host(piece: OctetText, start: number, end: number, port: number): SocketEndpoint | undefined {
    const { octets, text } = piece;
    let from = start;
    let to = end;
    let zone: string | undefined;
    this.bracketed = octets[start] === OPEN;
    const percent = indexWithin(octets, PERCENT, start, end);
    if (percent >= 0) to = percent;
    if (this.bracketed) {
      const close = indexWithin(octets, CLOSE, start, end);
      if (close < 0 || !(close === end - 1 || close === percent - 1)) return undefined;
      from++;
      if (percent < 0 || percent > close) to = close;
      if (percent >= 0) zone = percent < close ? text.slice(percent + 1, close) : text.slice(percent + 1, end);
    } else if (percent >= 0) zone = text.slice(percent + 1, end);
    if (zone === "") return undefined;
    if (zone !== undefined) zone = exactText(zone);
    const form = formOfHost(piece, from, to);
    if (form === undefined || (this.bracketed && form !== "ipv6" && form !== "ipv6-any")) return undefined;
    this.form = form;
    const address = addressOf(piece, from, to, form);
    return zone === undefined ? { address, port } : { address, port, zone };
  }

  /** 0 for "*"; -1 for what is no number of a port. `next` is behind it. */
  #port(octets: Uint8Array, start: number, end: number): number {
    let port = 0;
    let index = start;
    for (; index < end; index++) {
      const digit = octetAt(octets, index) - ZERO;
      if (digit < 0 || digit > 9) break;
      port = port * 10 + digit;
    }
    const digits = index - start;
    const isStar = digits === 0 && start < end && octets[start] === STAR;
    this.next = isStar ? start + 1 : index;
    return isStar || (digits > 0 && digits <= MOST_DIGITS && port <= HIGHEST_PORT) ? port : -1;
  }
}

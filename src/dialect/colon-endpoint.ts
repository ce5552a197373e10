// Reads an address and port divided by the last ":", as ss, net-tools, busybox and Windows print them.

import { addressOf, formOfHost, type HostForm, ipv4End, isZeros } from "./host.ts";
import type { SocketEndpoint } from "./tcp-socket.ts";

const COLON = 58;
const PERCENT = 37;
const STAR = 42;
const OPEN = 91;
const CLOSE = 93;
const ZERO = 48;
const NINE = 57;
const HIGHEST_PORT = 0xffff;
/** Names in /etc/services. */
const SERVICE = /^[A-Za-z0-9_.+*/-]*[A-Za-z][A-Za-z0-9_.+*/-]*$/;

/** One for each parser: `form` and `bracketed` tell of the endpoint that was read last. */
export class ColonEndpoints {
  form: HostForm = "name";
  bracketed = false;

  /** Undefined for what is no endpoint. */
  read(text: string, start: number, end: number): SocketEndpoint | undefined {
    return this.#ipv4(text, start, end) ?? this.#other(text, start, end);
  }

  /** What most of them are, in one pass: an IPv4 address and the number of a port. */
  #ipv4(text: string, start: number, end: number): SocketEndpoint | undefined {
    const colon = ipv4End(text, start, end);
    if (colon < 0 || colon >= end - 1 || text.charCodeAt(colon) !== COLON) return undefined;
    const port = readPort(text, colon + 1, end);
    if (port === undefined) return undefined;
    const isAny = isZeros(text, start, colon);
    this.bracketed = false;
    this.form = isAny ? "ipv4-any" : "ipv4";
    return { address: isAny ? "*" : text.slice(start, colon), port };
  }

  #other(text: string, start: number, end: number): SocketEndpoint | undefined {
    let colon = end - 1;
    while (colon >= start && text.charCodeAt(colon) !== COLON) colon--;
    if (colon <= start || colon === end - 1) return undefined;
    const port = readPort(text, colon + 1, end);
    if (port === undefined) return this.#withService(text, start, colon, text.slice(colon + 1, end));
    return this.#host(text, start, colon, port);
  }

  #withService(text: string, start: number, colon: number, service: string): SocketEndpoint | undefined {
    if (!SERVICE.test(service)) return undefined;
    const host = this.#host(text, start, colon, 0);
    if (host === undefined) return undefined;
    const { address, zone } = host;
    return zone === undefined ? { address, service } : { address, service, zone };
  }

  #host(text: string, start: number, end: number, port: number): SocketEndpoint | undefined {
    let from = start;
    let to = end;
    let zone: string | undefined;
    this.bracketed = text.charCodeAt(start) === OPEN;
    const percent = indexWithin(text, PERCENT, start, end);
    if (percent >= 0) to = percent;
    if (this.bracketed) {
      const close = indexWithin(text, CLOSE, start, end);
      if (close < 0 || !(close === end - 1 || close === percent - 1)) return undefined;
      from++;
      if (percent < 0 || percent > close) to = close;
      if (percent >= 0) zone = percent < close ? text.slice(percent + 1, close) : text.slice(percent + 1, end);
    } else if (percent >= 0) zone = text.slice(percent + 1, end);
    if (zone === "") return undefined;
    const form = formOfHost(text, from, to);
    if (form === undefined || (this.bracketed && form !== "ipv6" && form !== "ipv6-any")) return undefined;
    this.form = form;
    const address = addressOf(text, from, to, form);
    return zone === undefined ? { address, port } : { address, port, zone };
  }
}

function indexWithin(text: string, wanted: number, start: number, end: number): number {
  for (let index = start; index < end; index++) if (text.charCodeAt(index) === wanted) return index;
  return -1;
}

/** 0 for "*"; undefined for what is no number of a port. */
function readPort(text: string, start: number, end: number): number | undefined {
  if (end - start === 1 && text.charCodeAt(start) === STAR) return 0;
  if (end - start > 5) return undefined;
  let port = 0;
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code < ZERO || code > NINE) return undefined;
    port = port * 10 + (code - ZERO);
  }
  return port <= HIGHEST_PORT ? port : undefined;
}

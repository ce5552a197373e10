// Reads an address and port divided by the last ".", as netstat of the BSDs, of HP-UX and of Solaris prints them.

import type { SocketEndpoint } from "../tcp-socket.ts";
import { addressOf, formOfHost } from "../text/host.ts";
import { decimal, type OctetText, octetText } from "../text/scan.ts";

/** Without -l or -W an IPv6 address or a name is cut to so many characters, */
const FULL_HOST = 16;
/** the whole field to this many, */
const FULL_FIELD = 22;
/** and to this many with -A: that can be within the port. */
const FULL_FIELD_WITH_BLOCK = 18;
const HIGHEST_PORT = 0xffff;
const SERVICE = /^[A-Za-z0-9_+*/-]*[A-Za-z][A-Za-z0-9_+*/-]*$/;

/** Undefined for what is no endpoint. */
export function readDotEndpoint(text: string, withBlock = false): SocketEndpoint | undefined {
  const dot = text.lastIndexOf(".");
  if (dot < 1 || dot === text.length - 1) return undefined;
  const percent = text.indexOf("%");
  const zone = percent > 0 && percent < dot ? text.slice(percent + 1, dot) : undefined;
  const hostEnd = zone === undefined ? dot : percent;
  const piece = octetText(text);
  const form = formOfHost(piece, 0, hostEnd);
  const mayBeCut =
    (withBlock && text.length === FULL_FIELD_WITH_BLOCK) ||
    (form !== "ipv4" && (dot === FULL_HOST || text.length === FULL_FIELD));
  const address =
    form === undefined ? cutAddress(text.slice(0, hostEnd), mayBeCut) : addressOf(piece, 0, hostEnd, form);
  const port = portOf(piece, dot + 1, text.length);
  if (address === undefined || port === undefined) return undefined;
  return { address, ...port, ...(zone !== undefined && zone !== "" && { zone }), ...(mayBeCut && { cut: true }) };
}

/** Cut at a place where it is no address. */
const cutAddress = (text: string, mayBeCut: boolean): string | undefined =>
  mayBeCut && /^[0-9a-f:.]*:[0-9a-f:.]*$/.test(text) ? text : undefined;

function portOf(
  { octets, text }: OctetText,
  start: number,
  end: number,
): { readonly port: number } | { readonly service: string } | undefined {
  const service = text.slice(start, end);
  if (service === "*") return { port: 0 };
  const port = decimal(octets, start, end);
  if (port >= 0) return port <= HIGHEST_PORT ? { port } : undefined;
  return SERVICE.test(service) ? { service } : undefined;
}

// Tells what kind of address a stretch of text is, and gives its canonical form.

import { decodeAddress, encodeAddress } from "../../tcp/ip-address.ts";
import type { Family } from "../../tcp/segment.ts";
import { type OctetText, octetAt } from "./scan.ts";

/** `star` is "*", which stands for one any-address or the other, or for both. */
export type HostForm = "ipv4" | "ipv4-any" | "ipv6" | "ipv6-any" | "star" | "name";

/** Undefined for what both may be written as. */
export function familyOfForm(form: HostForm): Family | undefined {
  if (form === "ipv4" || form === "ipv4-any") return "ipv4";
  return form === "ipv6" || form === "ipv6-any" ? "ipv6" : undefined;
}

const COLON = 58;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
const STAR = 42;
/** Letters, digits, and what else stands in host names. */
const NAME = /^[A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*$/;

/** Undefined for what is neither an address nor a host name. */
export function formOfHost(piece: OctetText, start: number, end: number): HostForm | undefined {
  const { octets, text } = piece;
  const first = octetAt(octets, start);
  if (first >= ZERO && first <= NINE && ipv4End(octets, start, end) === end)
    return isZeros(text, start, end) ? "ipv4-any" : "ipv4";
  if (first === STAR) return end - start === 1 ? "star" : undefined;
  for (let index = start; index < end; index++) if (octets[index] === COLON) return formOfIpv6(piece, start, end);
  return NAME.test(text.slice(start, end)) ? "name" : undefined;
}

/** Index behind the IPv4 address that begins at `start`; -1 where none does. */
export function ipv4End(octets: Uint8Array, start: number, end: number): number {
  let octet = -1;
  let dots = 0;
  let index = start;
  for (; index < end; index++) {
    const code = octetAt(octets, index);
    if (code === DOT) {
      if (octet < 0) return -1;
      dots++;
      octet = -1;
      continue;
    }
    if (code < ZERO || code > NINE) break;
    if (octet === 0) return -1;
    octet = (octet < 0 ? 0 : octet * 10) + (code - ZERO);
    if (octet > 0xff) return -1;
  }
  return dots === 3 && octet >= 0 ? index : -1;
}

const ZEROS = "0.0.0.0";

/** Of an IPv4 address. */
export const isZeros = (text: string, start: number, end: number): boolean =>
  end - start === ZEROS.length && text.startsWith(ZEROS, start);

function formOfIpv6({ octets, text }: OctetText, start: number, end: number): HostForm | undefined {
  if (end - start === 2) return octets[start] === COLON && octets[start + 1] === COLON ? "ipv6-any" : undefined;
  if (isCanonicalIpv6(octets, start, end)) return "ipv6";
  const canonical = canonicalIpv6(text.slice(start, end));
  if (canonical === undefined) return undefined;
  return canonical === "::" ? "ipv6-any" : "ipv6";
}

/** Lower case, no leading zeros, eight groups or one "::". Which zeros "::" stands for is taken on trust: all tools ask inet_ntop(). */
function isCanonicalIpv6(octets: Uint8Array, start: number, end: number): boolean {
  let groups = 0;
  let digits = 0;
  let doubled = 0;
  for (let index = start; index < end; index++) {
    const code = octetAt(octets, index);
    if (code === COLON) {
      if (digits > 0) groups++;
      else if (index > start && octets[index - 1] === COLON) doubled++;
      else if (index > start || octets[start + 1] !== COLON) return false;
      digits = 0;
    } else {
      if (!((code >= ZERO && code <= NINE) || (code >= 97 && code <= 102))) return false;
      if (digits === 1 && octets[index - 1] === ZERO) return false;
      if (++digits > 4) return false;
    }
  }
  if (digits > 0) groups++;
  else if (octets[end - 2] !== COLON) return false;
  return doubled === 0 ? groups === 8 : doubled === 1 && groups < 8;
}

/** RFC 5952; undefined for what is no IPv6 address. */
export function canonicalIpv6(text: string): string | undefined {
  try {
    return decodeAddress(encodeAddress(text));
  } catch {
    return undefined;
  }
}

/** The address as a record has it: canonical, and "*" for the any-address. */
export function addressOf({ octets, text }: OctetText, start: number, end: number, form: HostForm): string {
  if (form === "star" || form === "ipv4-any" || form === "ipv6-any") return "*";
  const address = text.slice(start, end);
  return form !== "ipv6" || isCanonicalIpv6(octets, start, end) ? address : (canonicalIpv6(address) ?? address);
}

const KEPT = 4096;
const words = new Float64Array(KEPT).fill(-1);
const texts: string[] = new Array<string>(KEPT).fill("");

/** `word`: the first octet is the highest. "*" for the any-address. */
export function ipv4Text(word: number): string {
  if (word === 0) return "*";
  const place = (word ^ (word >>> 12) ^ (word >>> 20)) & (KEPT - 1);
  if (words[place] !== word) {
    words[place] = word;
    texts[place] = `${word >>> 24}.${(word >>> 16) & 0xff}.${(word >>> 8) & 0xff}.${word & 0xff}`;
  }
  return texts[place] ?? "";
}

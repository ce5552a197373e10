// Numbers and addresses as /proc/net/tcp prints them: in hexadecimal, addresses as 32-bit words in the machine's byte order.

import { decodeAddress } from "../../tcp/ip-address.ts";
import { ipv4Text } from "../text/host.ts";
import { type OctetText, octetAt, octetText } from "../text/scan.ts";

const ZERO = 48;
const NINE = 57;
const A = 65;
const F = 70;

/** The number in `count` digits from `at`; -1 where there is another character. */
export function hexadecimal(octets: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index++) {
    const code = octetAt(octets, index);
    if (code >= ZERO && code <= NINE) value = value * 16 + (code - ZERO);
    else if (code >= A && code <= F) value = value * 16 + (code - A + 10);
    else return -1;
  }
  return value;
}

export type ByteOrder = "little" | "big";

/** So many texts of IPv6 addresses are kept, since listings repeat them. */
const KEPT = 4096;
export const IPV4_DIGITS = 8;
export const IPV6_DIGITS = 32;
const WORD_DIGITS = 8;

/** Turns an address's digits into its text; "*" for the any-address, undefined for what is no address. */
export class HexadecimalAddresses {
  static readonly #made = new Map<ByteOrder, HexadecimalAddresses>();
  readonly #isLittle: boolean;
  readonly #ipv6 = new Map<string, string>();

  private constructor(byteOrder: ByteOrder) {
    this.#isLittle = byteOrder === "little";
  }

  /** Made once: what is kept of one listing serves the next. */
  static of(byteOrder: ByteOrder): HexadecimalAddresses {
    const made = HexadecimalAddresses.#made.get(byteOrder) ?? new HexadecimalAddresses(byteOrder);
    HexadecimalAddresses.#made.set(byteOrder, made);
    return made;
  }

  /** `count` is IPV4_DIGITS or IPV6_DIGITS. */
  read({ octets, text }: OctetText, at: number, count: number): string | undefined {
    return count === IPV4_DIGITS ? this.#readIpv4(octets, at) : this.#readIpv6(text.slice(at, at + count));
  }

  #readIpv4(octets: Uint8Array, at: number): string | undefined {
    const word = hexadecimal(octets, at, IPV4_DIGITS);
    return word < 0 ? undefined : ipv4Text(this.#isLittle ? swapped(word) : word);
  }

  #readIpv6(digits: string): string | undefined {
    const known = this.#ipv6.get(digits);
    if (known !== undefined) return known;
    const { octets } = octetText(digits);
    const words = [0, 1, 2, 3].map((index) => hexadecimal(octets, index * WORD_DIGITS, WORD_DIGITS));
    if (words.some((word) => word < 0)) return undefined;
    const address = words.every((word) => word === 0)
      ? "*"
      : decodeAddress(Uint8Array.from(words.flatMap((word) => this.#octets(word))));
    if (this.#ipv6.size >= KEPT) this.#ipv6.clear();
    // A copy: a slice would keep the whole text that it comes from.
    this.#ipv6.set(Buffer.from(digits, "latin1").toString("latin1"), address);
    return address;
  }

  #octets(word: number): readonly number[] {
    const octets = [word & 0xff, (word >>> 8) & 0xff, (word >>> 16) & 0xff, word >>> 24];
    return this.#isLittle ? octets : octets.reverse();
  }
}

/** The word's octets the other way round. */
const swapped = (word: number): number =>
  ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;

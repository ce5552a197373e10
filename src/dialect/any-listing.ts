// Reads a listing of any of the formats, told by its first lines.

import { FORMATS } from "./formats.ts";
import type { AcceptEntry, ListingReader } from "./listing-entry.ts";
import type { ByteOrder } from "./procfs/hexadecimal.ts";
import { sniff } from "./sniff.ts";

/** The text is none that is read here; the message says what it is instead. */
export class UnknownListing extends Error {}

/** So much is looked at before it is decided. */
const HEAD = 64 << 10;
const UTF16_LITTLE_ENDIAN = [0xff, 0xfe] as const;
const UTF8_MARK = [0xef, 0xbb, 0xbf] as const;

/** `write` and `end` throw an UnknownListing. PowerShell saves text as UTF-16, which is read, too. */
export function parseAnyListing(accept: AcceptEntry, byteOrder: ByteOrder = "little"): ListingReader {
  let head: Uint8Array[] = [];
  let length = 0;
  let reader: ListingReader | undefined;
  let recode: ((chunk: Uint8Array) => Uint8Array) | undefined;

  const decide = (): ListingReader => {
    const octets = Buffer.concat(head);
    head = [];
    const sniffed = sniff(octets.subarray(0, HEAD).toString("latin1"));
    if ("problem" in sniffed) throw new UnknownListing(sniffed.problem);
    const decided = FORMATS[sniffed.format].parse(accept, byteOrder);
    decided.write(octets);
    return decided;
  };

  return {
    write(chunk) {
      recode ??= recoderFor(chunk);
      const octets = recode(chunk);
      if (reader !== undefined) {
        reader.write(octets);
        return;
      }
      head.push(octets);
      length += octets.length;
      if (length >= HEAD) reader = decide();
    },
    end() {
      reader ??= decide();
      reader.end();
    },
  };
}

/** By the byte order mark that the first chunk begins with. */
function recoderFor(first: Uint8Array): (chunk: Uint8Array) => Uint8Array {
  if (UTF16_LITTLE_ENDIAN.every((octet, index) => first[index] === octet)) {
    const utf16 = new TextDecoder("utf-16le");
    return (chunk) => Buffer.from(utf16.decode(chunk, { stream: true }));
  }
  if (!UTF8_MARK.every((octet, index) => first[index] === octet)) return (chunk) => chunk;
  return (chunk) => (chunk === first ? chunk.subarray(UTF8_MARK.length) : chunk);
}

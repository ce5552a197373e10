// Writes zip archives by hand (PKWARE APPNOTE), good and evil ones, for the tests of what reads them.

import { deflateRawSync } from "node:zlib";

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array | string;
  /** Of the host system Unix: 0o120777 is a symbolic link. */
  readonly mode?: number;
  /** What the directory says of the size, in the truth's stead. */
  readonly claimedSize?: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const VERSION = 20;
const MADE_BY_UNIX = 0x0300 | VERSION;
const UTF8_NAME = 0x0800;

export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const entry of entries) {
    const { name, fields, body } = packed(entry);
    const local = Buffer.concat([words([LOCAL, 4], [VERSION, 2], ...fields, [name.length, 2], [0, 2]), name, body]);
    const attributes = ((entry.mode ?? 0o100644) << 16) >>> 0;
    centrals.push(
      words(
        [CENTRAL, 4],
        [MADE_BY_UNIX, 2],
        [VERSION, 2],
        ...fields,
        [name.length, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [0, 2],
        [attributes, 4],
        [offset, 4],
      ),
      name,
    );
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const counts = [entries.length, 2] as const;
  return Buffer.concat([
    ...locals,
    directory,
    words([END, 4], [0, 2], [0, 2], counts, counts, [directory.length, 4], [offset, 4], [0, 2]),
  ]);
}

type Word = readonly [value: number, octets: 2 | 4];

function packed({ name, content, claimedSize }: ZipEntry) {
  const plain = Buffer.from(content);
  const body = deflateRawSync(plain);
  const fields: readonly Word[] = [
    [UTF8_NAME, 2],
    [DEFLATED, 2],
    [0, 4], // time and date
    [checkSum(plain), 4],
    [body.length, 4],
    [claimedSize ?? plain.length, 4],
  ];
  return { name: Buffer.from(name), fields, body };
}

/** CRC-32 (APPNOTE §4.4.7): our reader does not look at it, unpackers do. */
function checkSum(octets: Uint8Array): number {
  let sum = 0xffffffff;
  for (const octet of octets) sum = (sum >>> 8) ^ (CRC[(sum ^ octet) & 0xff] ?? 0);
  return ~sum >>> 0;
}

const CRC = Uint32Array.from({ length: 0x100 }, (_, octet) => {
  let sum = octet;
  for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ ((sum & 1) === 1 ? 0xedb88320 : 0);
  return sum;
});

function words(...list: readonly Word[]): Buffer {
  const buffer = Buffer.alloc(list.reduce((sum, [, octets]) => sum + octets, 0));
  let at = 0;
  for (const [value, octets] of list)
    at = octets === 2 ? buffer.writeUInt16LE(value, at) : buffer.writeUInt32LE(value, at);
  return buffer;
}

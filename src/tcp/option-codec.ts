// TCP options as bytes and as words (RFC 9293 §3.2, RFC 7323, RFC 2018).

import type { TcpOption } from "./segment.ts";
import { sequence } from "./sequence.ts";

/** Kinds of the IANA registry of TCP options. */
const KIND = { end: 0, nop: 1, mss: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8 } as const;

/** Throws a RangeError on an option that runs past the header. */
export function decodeOptions(bytes: Uint8Array): readonly TcpOption[] {
  const options: TcpOption[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = bytes[at] as number;
    if (kind === KIND.end) return [...options, { kind: "end" }];
    if (kind === KIND.nop) {
      options.push({ kind: "nop" });
      at++;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > bytes.length) throw new RangeError(`option ${kind} has length ${length}`);
    options.push(decodeOption(kind, bytes.slice(at + 2, at + length)));
    at += length;
  }
  return options;
}

function decodeOption(kind: number, body: Uint8Array): TcpOption {
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  if (kind === KIND.mss && body.length === 2) return { kind: "mss", octets: view.getUint16(0) };
  if (kind === KIND.windowScale && body.length === 1) return { kind: "window-scale", shift: view.getUint8(0) };
  if (kind === KIND.sackPermitted && body.length === 0) return { kind: "sack-permitted" };
  if (kind === KIND.sack && body.length % 8 === 0)
    return {
      kind: "sack",
      blocks: Array.from({ length: body.length / 8 }, (_, block) => ({
        left: sequence(view.getUint32(8 * block)),
        right: sequence(view.getUint32(8 * block + 4)),
      })),
    };
  if (kind === KIND.timestamps && body.length === 8)
    return { kind: "timestamps", value: view.getUint32(0), echo: view.getUint32(4) };
  return { kind: "other", number: kind, bytes: body };
}

/** Padded with zeros (end of options) to a whole number of 32-bit words. */
export function encodeOptions(options: readonly TcpOption[]): Uint8Array {
  const octets = options.flatMap((option) => encodeOption(option));
  while (octets.length % 4 !== 0) octets.push(KIND.end);
  return Uint8Array.from(octets);
}

const bytesOf = (width: 2 | 4, value: number): readonly number[] =>
  Array.from({ length: width }, (_, index) => (value >>> (8 * (width - 1 - index))) & 0xff);

function encodeOption(option: TcpOption): readonly number[] {
  const withHeader = (kind: number, body: readonly number[]) => [kind, body.length + 2, ...body];
  switch (option.kind) {
    case "end":
      return [KIND.end];
    case "nop":
      return [KIND.nop];
    case "mss":
      return withHeader(KIND.mss, bytesOf(2, option.octets));
    case "window-scale":
      return withHeader(KIND.windowScale, [option.shift]);
    case "sack-permitted":
      return withHeader(KIND.sackPermitted, []);
    case "sack":
      return withHeader(
        KIND.sack,
        option.blocks.flatMap(({ left, right }) => [...bytesOf(4, left), ...bytesOf(4, right)]),
      );
    case "timestamps":
      return withHeader(KIND.timestamps, [...bytesOf(4, option.value), ...bytesOf(4, option.echo)]);
    case "other":
      return withHeader(option.number, [...option.bytes]);
  }
}

/** "mss 65495", "timestamps 1 0", "sack 1-2 5-9", "other 254 0a0b". */
export function spellOption(option: TcpOption): string {
  switch (option.kind) {
    case "mss":
      return `mss ${option.octets}`;
    case "window-scale":
      return `window-scale ${option.shift}`;
    case "sack":
      return `sack ${option.blocks.map(({ left, right }) => `${left}-${right}`).join(" ")}`.trimEnd();
    case "timestamps":
      return `timestamps ${option.value} ${option.echo}`;
    case "other":
      return `other ${option.number} ${Buffer.from(option.bytes).toString("hex")}`.trimEnd();
    case "end":
    case "nop":
    case "sack-permitted":
      return option.kind;
  }
}

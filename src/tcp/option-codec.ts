// TCP options as bytes and as words (RFC 9293 §3.2, RFC 7323, RFC 2018).

import type { TcpOption } from "./segment.ts";
import { sequence } from "./sequence.ts";

/** Kinds of the IANA registry of TCP options. */
const KIND = { end: 0, nop: 1, mss: 2, windowScale: 3, sackPermitted: 4, sack: 5, timestamps: 8 } as const;

/** Throws a RangeError on an option that runs past the header. */
export function decodeOptions(bytes: Uint8Array): readonly TcpOption[] {
  if (bytes.length === 0) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const options: TcpOption[] = [];
  for (let at = 0; at < bytes.length; ) {
    const kind = view.getUint8(at);
    if (kind === KIND.end) {
      options.push({ kind: "end" });
      return options;
    }
    if (kind === KIND.nop) {
      options.push({ kind: "nop" });
      at++;
      continue;
    }
    const length = at + 1 < bytes.length ? view.getUint8(at + 1) : 0;
    if (length < 2 || at + length > bytes.length) throw new RangeError(`option ${kind} has length ${length}`);
    options.push(decodeOption(kind, view, at + 2, length - 2));
    at += length;
  }
  return options;
}

/** Its body begins at `at` in `view`. */
function decodeOption(kind: number, view: DataView, at: number, length: number): TcpOption {
  if (kind === KIND.timestamps && length === 8)
    return { kind: "timestamps", value: view.getUint32(at), echo: view.getUint32(at + 4) };
  if (kind === KIND.mss && length === 2) return { kind: "mss", octets: view.getUint16(at) };
  if (kind === KIND.windowScale && length === 1) return { kind: "window-scale", shift: view.getUint8(at) };
  if (kind === KIND.sackPermitted && length === 0) return { kind: "sack-permitted" };
  if (kind === KIND.sack && length % 8 === 0)
    return {
      kind: "sack",
      blocks: Array.from({ length: length / 8 }, (_, block) => ({
        left: sequence(view.getUint32(at + 8 * block)),
        right: sequence(view.getUint32(at + 8 * block + 4)),
      })),
    };
  return { kind: "other", number: kind, bytes: new Uint8Array(view.buffer, view.byteOffset + at, length).slice() };
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
export function formatOption(option: TcpOption): string {
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

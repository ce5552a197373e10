// The blocks and options of pcapng as bytes (draft-ietf-opsawg-pcapng §3); what is in them is known to pcapng.ts.

/** The bytes are no pcapng file, a damaged one, or one that holds what this project never writes. */
export class PcapngError extends Error {
  constructor(cameBack: string) {
    super(`pcapng: reading a capture: ${cameBack}`);
    this.name = "PcapngError";
  }
}

/** Block types, §11.1 of the draft. */
export const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 0x00000001,
  obsoletePacket: 0x00000002,
  simplePacket: 0x00000003,
  enhancedPacket: 0x00000006,
} as const;

export interface BlockOption {
  readonly code: number;
  readonly value: Uint8Array;
}

export interface Block {
  readonly type: number;
  /** Between the two length fields. */
  readonly body: DataView;
  readonly littleEndian: boolean;
  /** Where the block begins in the file, for messages. */
  readonly offset: number;
}

const END_OF_OPTIONS = 0;
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
/** Type, length, and the length again at the end. */
const FRAMING = 12;
const WORD = 4;
const OPTION_LIMIT = 0xffff;

export const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

export const bytesOf = (view: DataView, from: number, length: number): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset + from, length);

/** Octets that fill up to a whole 32-bit word. */
export const padding = (length: number): number => -length & (WORD - 1);

/** Little-endian. `fixed`: the fields before the options, a whole number of words. */
export function encodeBlock(type: number, fixed: Uint8Array, options: readonly BlockOption[]): Uint8Array {
  const encoded = encodeOptions(options);
  const length = FRAMING + fixed.length + encoded.length;
  const block = new Uint8Array(length);
  const view = viewOf(block);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  block.set(fixed, 8);
  block.set(encoded, 8 + fixed.length);
  view.setUint32(length - WORD, length, true);
  return block;
}

function encodeOptions(options: readonly BlockOption[]): Uint8Array {
  if (options.length === 0) return new Uint8Array();
  return Buffer.concat([...options, { code: END_OF_OPTIONS, value: new Uint8Array() }].map(encodeOption));
}

function encodeOption({ code, value }: BlockOption): Uint8Array {
  if (value.length > OPTION_LIMIT)
    throw new RangeError(`pcapng: writing an option: ${value.length} octets, ${OPTION_LIMIT} fit`);
  const option = new Uint8Array(WORD + value.length + padding(value.length));
  const view = viewOf(option);
  view.setUint16(0, code, true);
  view.setUint16(2, value.length, true);
  option.set(value, WORD);
  return option;
}

/** The blocks of a file of one section, in order, the section's own header first. */
export function* readBlocks(file: Uint8Array): Generator<Block> {
  const view = viewOf(file);
  const littleEndian = readByteOrder(view);
  for (let offset = 0; offset < view.byteLength; ) {
    const length = readBlockLength(view, offset, littleEndian);
    const type = view.getUint32(offset, littleEndian);
    if (type === BLOCK.section && offset > 0)
      throw new PcapngError(`a second section begins at octet ${offset}; only files of one section are read`);
    const body = new DataView(view.buffer, view.byteOffset + offset + 8, length - FRAMING);
    yield { type, body, littleEndian, offset };
    offset += length;
  }
}

function readByteOrder(view: DataView): boolean {
  if (view.byteLength < 8 + WORD || view.getUint32(0) !== BLOCK.section)
    throw new PcapngError("the file does not begin with a section header block");
  if (view.getUint32(8, true) === BYTE_ORDER_MAGIC) return true;
  if (view.getUint32(8, false) === BYTE_ORDER_MAGIC) return false;
  throw new PcapngError("the section header has no byte-order magic");
}

function readBlockLength(view: DataView, offset: number, littleEndian: boolean): number {
  const left = view.byteLength - offset;
  if (left < FRAMING) throw new PcapngError(`the file ends in the middle of the block at octet ${offset}`);
  const length = view.getUint32(offset + 4, littleEndian);
  if (length < FRAMING || length % WORD !== 0)
    throw new PcapngError(`the block at octet ${offset} claims a length of ${length} octets`);
  if (length > left)
    throw new PcapngError(`the block at octet ${offset} claims ${length} octets, the file has ${left} more`);
  const again = view.getUint32(offset + length - WORD, littleEndian);
  if (again !== length)
    throw new PcapngError(`the block at octet ${offset} begins with length ${length} and ends with length ${again}`);
  return length;
}

/** The options that begin at `from` in a block's body, up to the end-of-options mark or the end of the block. */
export function readOptions({ body, littleEndian, offset }: Block, from: number): readonly BlockOption[] {
  const options: BlockOption[] = [];
  for (let at = from; at + WORD <= body.byteLength; ) {
    const code = body.getUint16(at, littleEndian);
    const length = body.getUint16(at + 2, littleEndian);
    if (code === END_OF_OPTIONS) return options;
    if (at + WORD + length > body.byteLength)
      throw new PcapngError(`option ${code} of the block at octet ${offset} runs past the end of its block`);
    options.push({ code, value: bytesOf(body, at + WORD, length) });
    at += WORD + length + padding(length);
  }
  return options;
}

// A capture as a pcapng file (draft-ietf-opsawg-pcapng): Ethernet frames with nanosecond times, each with a comment.

import { isAscii } from "node:buffer";
import {
  BLOCK,
  type Block,
  type BlockOption,
  BYTE_ORDER_MAGIC,
  bytesOf,
  encodeBlock,
  PcapngError,
  padding,
  readBlocks,
  readOptions,
  viewOf,
} from "./pcapng-block.ts";

export interface CaptureInterface {
  readonly name: string;
  readonly description: string;
  readonly comment?: string;
}

export interface CapturedFrame {
  /** Index into the capture's interfaces. */
  readonly interface: number;
  /** Seconds since 1970 and nine decimals: "1795332041.017212600". */
  readonly at: string;
  /** A whole Ethernet frame without its check sequence. */
  readonly frame: Uint8Array;
  /** "" for none. */
  readonly comment: string;
}

export interface Capture {
  readonly comment: string;
  /** The program that wrote the file. */
  readonly application: string;
  readonly interfaces: readonly CaptureInterface[];
  readonly packets: readonly CapturedFrame[];
}

/** Option codes, §3.5 and §4.1 to §4.3 of the draft. */
const COMMENT = 1;
const SECTION_USER_APPLICATION = 4;
const INTERFACE_NAME = 2;
const INTERFACE_DESCRIPTION = 3;
const INTERFACE_TIME_RESOLUTION = 9;

const MAJOR_VERSION = 1;
const LINKTYPE_ETHERNET = 1;
/** Larger than any frame of a loopback interface; the value that tcpdump writes too. */
const SNAPSHOT_LENGTH = 262_144;
/** if_tsresol: units of 10^-9 s. Without the option: 10^-6 s. */
const NANOSECONDS = 9;
const DEFAULT_RESOLUTION = 6;
const NANOSECONDS_PER_SECOND = 1_000_000_000n;
/** Octets of an enhanced packet block before its frame. */
const PACKET_FIELDS = 20;
/** A capture of a lab run has a few megabytes. */
const LARGEST_FILE = 256 * 1024 * 1024;

/** Throws a RangeError on a text over 65535 octets, a time that is none, or an interface that does not exist. */
export function writePcapng(capture: Capture): Uint8Array {
  return Buffer.concat([
    sectionBlock(capture),
    ...capture.interfaces.map(interfaceBlock),
    ...capture.packets.map((packet) => packetBlock(packet, capture.interfaces.length)),
  ]);
}

const text = (code: number, value: string | undefined): readonly BlockOption[] =>
  value === undefined || value === "" ? [] : [{ code, value: new TextEncoder().encode(value) }];

function sectionBlock({ comment, application }: Capture): Uint8Array {
  const fixed = new Uint8Array(16);
  const view = viewOf(fixed);
  view.setUint32(0, BYTE_ORDER_MAGIC, true);
  view.setUint16(4, MAJOR_VERSION, true);
  view.setBigInt64(8, -1n, true); // the section's length is left open
  return encodeBlock(BLOCK.section, fixed, [...text(COMMENT, comment), ...text(SECTION_USER_APPLICATION, application)]);
}

function interfaceBlock({ name, description, comment }: CaptureInterface): Uint8Array {
  const fixed = new Uint8Array(8);
  const view = viewOf(fixed);
  view.setUint16(0, LINKTYPE_ETHERNET, true);
  view.setUint32(4, SNAPSHOT_LENGTH, true);
  return encodeBlock(BLOCK.interface, fixed, [
    ...text(COMMENT, comment),
    ...text(INTERFACE_NAME, name),
    ...text(INTERFACE_DESCRIPTION, description),
    { code: INTERFACE_TIME_RESOLUTION, value: Uint8Array.of(NANOSECONDS) },
  ]);
}

function packetBlock(packet: CapturedFrame, interfaces: number): Uint8Array {
  if (!(packet.interface >= 0 && packet.interface < interfaces))
    throw new RangeError(`pcapng: writing a packet: there is no interface ${packet.interface}`);
  const { frame } = packet;
  const fixed = new Uint8Array(PACKET_FIELDS + frame.length + padding(frame.length));
  const view = viewOf(fixed);
  const time = readInstant(packet.at);
  view.setUint32(0, packet.interface, true);
  view.setUint32(4, Number(time >> 32n), true);
  view.setUint32(8, Number(time & 0xffffffffn), true);
  view.setUint32(12, frame.length, true);
  view.setUint32(16, frame.length, true);
  fixed.set(frame, PACKET_FIELDS);
  return encodeBlock(BLOCK.enhancedPacket, fixed, text(COMMENT, packet.comment));
}

function readInstant(at: string): bigint {
  const nanoseconds = /^\d{1,11}\.\d{9}$/.test(at) ? BigInt(at.replace(".", "")) : -1n;
  if (nanoseconds < 0n || nanoseconds >= 1n << 64n) throw new RangeError(`pcapng: writing a packet: no time: "${at}"`);
  return nanoseconds;
}

const formatInstant = (nanoseconds: bigint): string =>
  `${nanoseconds / NANOSECONDS_PER_SECOND}.${String(nanoseconds % NANOSECONDS_PER_SECOND).padStart(9, "0")}`;

/** Reads what `writePcapng` writes, in either byte order; throws a PcapngError on anything it cannot read wholly. */
export function readPcapng(bytes: Uint8Array): Capture {
  if (bytes.length > LARGEST_FILE)
    throw new PcapngError(`${bytes.length} octets; a capture of a lab has at most ${LARGEST_FILE}`);
  const interfaces: ReadInterface[] = [];
  const packets: CapturedFrame[] = [];
  let section: Pick<Capture, "comment" | "application"> = { comment: "", application: "" };
  for (const block of readBlocks(bytes)) {
    if (block.type === BLOCK.section) section = readSection(block);
    else if (block.type === BLOCK.interface) interfaces.push(readInterface(block));
    else if (block.type === BLOCK.enhancedPacket) packets.push(readPacket(block, interfaces));
    else if (block.type === BLOCK.simplePacket || block.type === BLOCK.obsoletePacket)
      throw new PcapngError(`the block at octet ${block.offset} is a packet without time or interface`);
    // Any other block says something about the capture that is not needed here: the format wants it skipped.
  }
  return { ...section, interfaces: interfaces.map(({ interface: read }) => read), packets };
}

interface ReadInterface {
  readonly interface: CaptureInterface;
  /** What one unit of a time is, in nanoseconds. */
  readonly unit: bigint;
}

function mustHold(block: Block, octets: number): void {
  if (block.body.byteLength < octets)
    throw new PcapngError(`the block at octet ${block.offset} is too short for its own fields`);
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Plain ASCII takes a shorter way to the same text. */
const decode = (value: Uint8Array): string =>
  isAscii(value) ? Buffer.from(value.buffer, value.byteOffset, value.length).toString("latin1") : UTF8.decode(value);

function readText({ offset }: Block, options: readonly BlockOption[], code: number): string {
  try {
    return options
      .filter((option) => option.code === code)
      .map(({ value }) => decode(value))
      .join("\n");
  } catch {
    throw new PcapngError(`a text in the block at octet ${offset} is not UTF-8`);
  }
}

function readSection(block: Block): Pick<Capture, "comment" | "application"> {
  mustHold(block, 16);
  const major = block.body.getUint16(4, block.littleEndian);
  if (major !== MAJOR_VERSION) throw new PcapngError(`version ${major} of the format; version 1 is read`);
  const options = readOptions(block, 16);
  return {
    comment: readText(block, options, COMMENT),
    application: readText(block, options, SECTION_USER_APPLICATION),
  };
}

function readInterface(block: Block): ReadInterface {
  mustHold(block, 8);
  const linkType = block.body.getUint16(0, block.littleEndian);
  if (linkType !== LINKTYPE_ETHERNET)
    throw new PcapngError(`the interface at octet ${block.offset} has link type ${linkType}, not Ethernet`);
  const options = readOptions(block, 8);
  const comment = readText(block, options, COMMENT);
  return {
    interface: {
      name: readText(block, options, INTERFACE_NAME),
      description: readText(block, options, INTERFACE_DESCRIPTION),
      ...(comment !== "" && { comment }),
    },
    unit: readUnit(block, options),
  };
}

function readUnit(block: Block, options: readonly BlockOption[]): bigint {
  const given = options.find(({ code }) => code === INTERFACE_TIME_RESOLUTION)?.value[0];
  const resolution = given ?? DEFAULT_RESOLUTION;
  if (resolution > NANOSECONDS)
    throw new PcapngError(`the interface at octet ${block.offset} counts time in units that are no power of ten`);
  return 10n ** BigInt(NANOSECONDS - resolution);
}

function readPacket(block: Block, interfaces: readonly ReadInterface[]): CapturedFrame {
  mustHold(block, PACKET_FIELDS);
  const field = (at: number) => block.body.getUint32(at, block.littleEndian);
  const index = field(0);
  const captured = field(12);
  const original = field(16);
  const seenAt = interfaces[index];
  if (seenAt === undefined)
    throw new PcapngError(`the packet at octet ${block.offset} names interface ${index}, which is not described`);
  if (captured !== original)
    throw new PcapngError(`the packet at octet ${block.offset} was cut: ${captured} of ${original} octets are there`);
  const end = PACKET_FIELDS + captured;
  mustHold(block, end);
  const time = ((BigInt(field(4)) << 32n) | BigInt(field(8))) * seenAt.unit;
  return {
    interface: index,
    at: formatInstant(time),
    frame: bytesOf(block.body, PACKET_FIELDS, captured),
    comment: readText(block, readOptions(block, end + padding(end)), COMMENT),
  };
}

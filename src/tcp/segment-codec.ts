// A segment as the bytes of its IP packet, both families: decoded, encoded, and its checksums completed.

import { ipv4Checksum, partialChecksum, tcpChecksum } from "./checksum.ts";
import { flagBits, flagsOf } from "./flags.ts";
import { decodeAddress, encodeAddress } from "./ip-address.ts";
import { decodeOptions, encodeOptions } from "./option-codec.ts";
import type { Family, Segment } from "./segment.ts";
import { sequence } from "./sequence.ts";

/** The bytes are no TCP segment, or a damaged one. */
export class SegmentError extends Error {
  constructor(cameBack: string) {
    super(`segment: decoding an IP packet: ${cameBack}`);
    this.name = "SegmentError";
  }
}

/** IANA protocol number; RFC 791 §3.1, RFC 8200 §3, RFC 9293 §3.1 for the lengths and places. */
const TCP = 6;
const IPV4_HEADER = 20;
const IPV6_HEADER = 40;
const TCP_HEADER = 20;
const IPV4_CHECKSUM = 10;
const TCP_CHECKSUM = 16;
const TTL = 64;
/** More fragments, or an offset other than 0. */
const FRAGMENTED = 0x3fff;

interface Layout {
  readonly family: Family;
  /** Where the TCP header begins, and where the packet ends by its own word. */
  readonly start: number;
  readonly end: number;
  readonly addresses: Uint8Array;
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function layoutOf(packet: Uint8Array): Layout {
  const version = (packet[0] ?? 0) >> 4;
  if (version === 4) return ipv4Layout(packet);
  if (version === 6) return ipv6Layout(packet);
  throw new SegmentError(`IP version ${version}`);
}

function ipv4Layout(packet: Uint8Array): Layout {
  const start = ((packet[0] ?? 0) & 0x0f) * 4;
  if (start < IPV4_HEADER || packet.length < start) throw new SegmentError(`an IPv4 header of ${start} octets`);
  const view = viewOf(packet);
  if ((view.getUint16(6) & FRAGMENTED) !== 0) throw new SegmentError("a fragment of a packet");
  return checked(packet, packet[9] ?? 0, {
    family: "ipv4",
    start,
    end: view.getUint16(2),
    addresses: packet.subarray(12, 20),
  });
}

function ipv6Layout(packet: Uint8Array): Layout {
  if (packet.length < IPV6_HEADER) throw new SegmentError(`an IPv6 packet of ${packet.length} octets`);
  return checked(packet, packet[6] ?? 0, {
    family: "ipv6",
    start: IPV6_HEADER,
    end: IPV6_HEADER + viewOf(packet).getUint16(4),
    addresses: packet.subarray(8, 40),
  });
}

function checked(packet: Uint8Array, protocol: number, layout: Layout): Layout {
  if (protocol !== TCP) throw new SegmentError(`protocol ${protocol}, not TCP`);
  if (layout.end > packet.length || layout.end < layout.start + TCP_HEADER)
    throw new SegmentError(`a packet of ${packet.length} octets that claims to end at ${layout.end}`);
  return layout;
}

/** Octets of the TCP header, options included. */
function tcpHeaderLength(segment: Uint8Array): number {
  const length = ((segment[12] ?? 0) >> 4) * 4;
  if (length < TCP_HEADER || length > segment.length) throw new SegmentError(`a TCP header of ${length} octets`);
  return length;
}

/** Octets of IP and TCP header together. */
export function headerLength(packet: Uint8Array): number {
  const { start, end } = layoutOf(packet);
  return start + tcpHeaderLength(packet.subarray(start, end));
}

/** `packet`: a whole IPv4 or IPv6 packet. Checksums are not looked at: on loopback the kernel leaves them partial. */
export function decodeSegment(packet: Uint8Array): Segment {
  const { family, start, end, addresses } = layoutOf(packet);
  const bytes = packet.subarray(start, end);
  const header = tcpHeaderLength(bytes);
  const view = viewOf(bytes);
  const half = addresses.length / 2;
  return {
    family,
    from: { address: decodeAddress(addresses.subarray(0, half)), port: view.getUint16(0) },
    to: { address: decodeAddress(addresses.subarray(half)), port: view.getUint16(2) },
    seq: sequence(view.getUint32(4)),
    ack: sequence(view.getUint32(8)),
    flags: flagsOf(view.getUint8(13)),
    window: view.getUint16(14),
    urgentPointer: view.getUint16(18),
    options: optionsOf(bytes.subarray(TCP_HEADER, header)),
    payload: bytes.slice(header),
  };
}

/** Undefined for what else goes over a wire: neighbour discovery, ICMP. */
export function decodeIfTcp(packet: Uint8Array): Segment | undefined {
  try {
    return decodeSegment(packet);
  } catch {
    return undefined;
  }
}

function optionsOf(bytes: Uint8Array) {
  try {
    return decodeOptions(bytes);
  } catch (error) {
    throw new SegmentError((error as Error).message);
  }
}

/** A whole IP packet with right checksums. Throws a RangeError when the options or the payload do not fit. */
export function encodeSegment(segment: Segment): Uint8Array {
  const options = encodeOptions(segment.options);
  if (options.length > 40) throw new RangeError(`segment: encoding: ${options.length} octets of options, 40 fit`);
  const length = TCP_HEADER + options.length + segment.payload.length;
  const packet = segment.family === "ipv4" ? ipv4Header(segment, length) : ipv6Header(segment, length);
  const bytes = packet.subarray(packet.length - length);
  const view = viewOf(bytes);
  view.setUint16(0, segment.from.port);
  view.setUint16(2, segment.to.port);
  view.setUint32(4, segment.seq);
  view.setUint32(8, segment.ack);
  view.setUint8(12, ((TCP_HEADER + options.length) / 4) << 4);
  view.setUint8(13, flagBits(segment.flags));
  view.setUint16(14, segment.window);
  view.setUint16(18, segment.urgentPointer);
  bytes.set(options, TCP_HEADER);
  bytes.set(segment.payload, TCP_HEADER + options.length);
  return completeChecksum(packet);
}

function ipv4Header({ from, to }: Segment, length: number): Uint8Array {
  const total = IPV4_HEADER + length;
  if (total > 0xffff) throw new RangeError(`segment: encoding: a packet of ${total} octets`);
  const packet = new Uint8Array(total);
  packet[0] = 0x45; // version 4, five words of header
  viewOf(packet).setUint16(2, total);
  packet[8] = TTL;
  packet[9] = TCP;
  packet.set(encodeAddress(from.address), 12);
  packet.set(encodeAddress(to.address), 16);
  return packet;
}

function ipv6Header({ from, to }: Segment, length: number): Uint8Array {
  if (length > 0xffff) throw new RangeError(`segment: encoding: a payload of ${length} octets`);
  const packet = new Uint8Array(IPV6_HEADER + length);
  packet[0] = 0x60;
  viewOf(packet).setUint16(4, length);
  packet[6] = TCP;
  packet[7] = TTL;
  packet.set(encodeAddress(from.address), 8);
  packet.set(encodeAddress(to.address), 24);
  return packet;
}

/** Whether the checksums are right, TCP's whole or, as on loopback, partial: no octet of the headers' sums was changed. */
export function checksumsHold(packet: Uint8Array): boolean {
  const { family, start, end, addresses } = layoutOf(packet);
  const view = viewOf(packet);
  if (family === "ipv4" && ipv4Checksum(packet.subarray(0, start)) !== 0) return false;
  const given = view.getUint16(start + TCP_CHECKSUM);
  if (given === partialChecksum(addresses, end - start)) return true;
  return viewOf(completeChecksum(packet)).getUint16(start + TCP_CHECKSUM) === given;
}

/** A copy whose TCP (and IPv4 header) checksum is right. */
export function completeChecksum(packet: Uint8Array): Uint8Array {
  const { family, start, end, addresses } = layoutOf(packet);
  const whole = packet.slice(0, end);
  const view = viewOf(whole);
  view.setUint16(start + TCP_CHECKSUM, 0);
  view.setUint16(start + TCP_CHECKSUM, tcpChecksum(addresses, whole.subarray(start)));
  if (family === "ipv4") {
    view.setUint16(IPV4_CHECKSUM, 0);
    view.setUint16(IPV4_CHECKSUM, ipv4Checksum(whole.subarray(0, start)));
  }
  return whole;
}

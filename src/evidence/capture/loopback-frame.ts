// The Ethernet header that Linux puts before an IP packet on lo: both addresses zero, then the packet's kind.

/** Octets: two addresses and the EtherType. */
const HEADER = 14;
/** IEEE 802 numbers, as in linux/if_ether.h: ETH_P_IP, ETH_P_IPV6. */
const ETHER_TYPE = { 4: 0x0800, 6: 0x86dd } as const;

/** `packet`: a whole IPv4 or IPv6 packet. */
export function frameOf(packet: Uint8Array): Uint8Array {
  const version = (packet[0] ?? 0) >> 4;
  if (version !== 4 && version !== 6) throw new RangeError(`frame: putting a header before IP version ${version}`);
  const frame = new Uint8Array(HEADER + packet.length);
  new DataView(frame.buffer).setUint16(HEADER - 2, ETHER_TYPE[version]);
  frame.set(packet, HEADER);
  return frame;
}

/** The IP packet of a frame, checked by nobody yet. */
export const packetOf = (frame: Uint8Array): Uint8Array => frame.subarray(HEADER);

/** Whether a frame begins as every frame of lo does that carries its kind of packet. */
export function isLoopbackFrame(frame: Uint8Array): boolean {
  const kind = ((frame[HEADER - 2] ?? 0) << 8) | (frame[HEADER - 1] ?? 0);
  const version = (frame[HEADER] ?? 0) >> 4;
  for (let at = 0; at < HEADER - 2; at++) if (frame[at] !== 0) return false;
  return (version === 4 || version === 6) && kind === ETHER_TYPE[version];
}

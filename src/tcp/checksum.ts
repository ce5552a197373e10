// The Internet checksum (RFC 1071) of a TCP segment with its pseudo-header, and of an IPv4 header.

const TCP = 6;

/** One's complement sum of the 16-bit words of `bytes`, added to `sum` and not yet folded; an odd octet is padded with zero. */
function addWords(bytes: Uint8Array, sum = 0): number {
  let total = sum;
  const even = bytes.length & ~1;
  for (let index = 0; index < even; index += 2) total += ((bytes[index] as number) << 8) | (bytes[index + 1] as number);
  return even === bytes.length ? total : total + ((bytes[even] as number) << 8);
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

/** `addresses`: source and destination as they stand in the IP header. `segment`: its own checksum field zero. */
export const tcpChecksum = (addresses: Uint8Array, segment: Uint8Array): number =>
  fold(addWords(segment, addWords(addresses, TCP + segment.length)));

/** What stands in the checksum field where hardware is to complete it (CHECKSUM_PARTIAL): the sum of the pseudo-header alone. */
export const partialChecksum = (addresses: Uint8Array, length: number): number =>
  ~fold(addWords(addresses, TCP + length)) & 0xffff;

/** `header`: its own checksum field zero. */
export const ipv4Checksum = (header: Uint8Array): number => fold(addWords(header));

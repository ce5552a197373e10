// struct sockaddr_in and sockaddr_in6 (ip(7), ipv6(7)), and what differs between the two families.

import { encodeAddress } from "../tcp/ip-address.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";

/** linux/socket.h */
export const ADDRESS_FAMILY = { ipv4: 2, ipv6: 10 } as const satisfies Record<Family, number>;

export const LOOPBACK = { ipv4: "127.0.0.1", ipv6: "::1" } as const satisfies Record<Family, string>;

/** Throws a RangeError on what is no address. */
export function encodeSocketAddress(endpoint: Endpoint): Uint8Array {
  return endpoint.address.includes(":") ? encodeIpv6(endpoint) : encodeIpv4(endpoint);
}

function encodeIpv4({ address, port }: Endpoint): Uint8Array {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt16LE(ADDRESS_FAMILY.ipv4, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(encodeAddress(address), 4);
  return bytes;
}

function encodeIpv6({ address, port }: Endpoint): Uint8Array {
  const bytes = Buffer.alloc(28);
  bytes.writeUInt16LE(ADDRESS_FAMILY.ipv6, 0);
  bytes.writeUInt16BE(port, 2);
  bytes.set(encodeAddress(address), 8);
  return bytes;
}

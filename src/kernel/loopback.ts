// The loopback interface of a fresh namespace: brought up, and given an MTU (netdevice(7)).

import { encodeAddress } from "../tcp/ip-address.ts";
import { close, ioctl, sendto, socket, succeed } from "./libc.ts";
import { ADDRESS_FAMILY, encodeSocketAddress } from "./socket-address.ts";

const SOCK_DGRAM = 2;
const SOCK_CLOEXEC = 0o2000000;
/** linux/sockios.h, linux/if.h */
const SIOCGIFFLAGS = 0x8913;
const SIOCSIFFLAGS = 0x8914;
const SIOCSIFMTU = 0x8922;
const SIOCSIFADDR = 0x8916;
const IFF_UP = 0x1;
const IFNAMSIZ = 16;
const IFREQ_LENGTH = 40;
const LOOPBACK_INDEX = 1; // lo is the first interface of every namespace
/** Bits of an IPv6 prefix that is one address. */
const WHOLE_ADDRESS = 128;

export function bringLoopbackUp(): void {
  withControlSocket((fd) => {
    const request = interfaceRequest();
    succeed("ioctl(SIOCGIFFLAGS) on lo", ioctl(fd, SIOCGIFFLAGS, request));
    request.writeUInt16LE(request.readUInt16LE(IFNAMSIZ) | IFF_UP, IFNAMSIZ);
    succeed("ioctl(SIOCSIFFLAGS) on lo", ioctl(fd, SIOCSIFFLAGS, request));
  });
}

/** One more address of lo; of IPv4 there can be one, as the alias lo:0, and needs to be none within 127/8. */
export function addLoopbackAddress(address: string): void {
  const [family, request] = address.includes(":")
    ? ([ADDRESS_FAMILY.ipv6, ipv6Request(address)] as const)
    : ([ADDRESS_FAMILY.ipv4, ipv4Request(address)] as const);
  withControlSocket((fd) => {
    succeed(`ioctl(SIOCSIFADDR) ${address} on lo`, ioctl(fd, SIOCSIFADDR, request));
  }, family);
}

function ipv4Request(address: string): Buffer {
  const request = interfaceRequest("lo:0");
  request.set(encodeSocketAddress({ address, port: 0 }), IFNAMSIZ);
  return request;
}

/** struct in6_ifreq, linux/ipv6.h */
function ipv6Request(address: string): Buffer {
  const request = Buffer.alloc(24);
  request.set(encodeAddress(address));
  request.writeUInt32LE(WHOLE_ADDRESS, 16);
  request.writeInt32LE(LOOPBACK_INDEX, 20);
  return request;
}

/**
 * Gives lo an MTU of `octets` and one segment for each frame: with offload TCP would still hand down frames of up to
 * 64 KiB, which could not be sent again (EMSGSIZE).
 */
export function limitLoopbackFrames(octets: number): void {
  withControlSocket((fd) => {
    const request = interfaceRequest();
    request.writeInt32LE(octets, IFNAMSIZ);
    succeed(`ioctl(SIOCSIFMTU) ${octets} on lo`, ioctl(fd, SIOCSIFMTU, request));
  });
  setOneSegmentFrames();
}

/** linux/rtnetlink.h, linux/if_link.h */
const AF_NETLINK = 16;
const SOCK_RAW = 3;
const NETLINK_ROUTE = 0;
const RTM_NEWLINK = 16;
const NLM_F_REQUEST = 1;
const IFLA_GSO_MAX_SEGS = 40;

function setOneSegmentFrames(): void {
  const fd = succeed("socket(AF_NETLINK)", socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  const message = Buffer.alloc(16 + 16 + 8); // nlmsghdr, ifinfomsg, one attribute
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(RTM_NEWLINK, 4);
  message.writeUInt16LE(NLM_F_REQUEST, 6);
  message.writeInt32LE(LOOPBACK_INDEX, 20);
  message.writeUInt16LE(8, 32);
  message.writeUInt16LE(IFLA_GSO_MAX_SEGS, 34);
  message.writeUInt32LE(1, 36);
  const kernel = Buffer.alloc(12);
  kernel.writeUInt16LE(AF_NETLINK, 0);
  try {
    succeed("netlink: gso_max_segs 1 on lo", Number(sendto(fd, message, message.length, 0, kernel, kernel.length)));
  } finally {
    close(fd);
  }
}

function interfaceRequest(name = "lo"): Buffer {
  const request = Buffer.alloc(IFREQ_LENGTH);
  request.write(name, "latin1");
  return request;
}

function withControlSocket(use: (fd: number) => void, family: number = ADDRESS_FAMILY.ipv4): void {
  const fd = succeed("socket(SOCK_DGRAM)", socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  try {
    use(fd);
  } finally {
    close(fd);
  }
}

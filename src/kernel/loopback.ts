// The loopback interface of a fresh namespace: brought up, and given an MTU (netdevice(7)).

import { close, ioctl, sendto, socket, succeed } from "./libc.ts";
import { encodeSocketAddress } from "./socket-address.ts";

const AF_INET = 2;
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

export function bringLoopbackUp(): void {
  withControlSocket((fd) => {
    const request = interfaceRequest();
    succeed("ioctl(SIOCGIFFLAGS) on lo", ioctl(fd, SIOCGIFFLAGS, request));
    request.writeUInt16LE(request.readUInt16LE(IFNAMSIZ) | IFF_UP, IFNAMSIZ);
    succeed("ioctl(SIOCSIFFLAGS) on lo", ioctl(fd, SIOCSIFFLAGS, request));
  });
}

/** A second IPv4 address of lo, as its alias lo:0. */
export function addLoopbackAddress(address: string): void {
  withControlSocket((fd) => {
    const request = interfaceRequest("lo:0");
    request.set(encodeSocketAddress({ address, port: 0 }), IFNAMSIZ);
    succeed(`ioctl(SIOCSIFADDR) ${address} on lo`, ioctl(fd, SIOCSIFADDR, request));
  });
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
const LOOPBACK_INDEX = 1; // lo is the first interface of every namespace

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

function withControlSocket(use: (fd: number) => void): void {
  const fd = succeed("socket(SOCK_DGRAM)", socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  try {
    use(fd);
  } finally {
    close(fd);
  }
}

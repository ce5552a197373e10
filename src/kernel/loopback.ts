// The loopback interface of a fresh namespace: brought up, and given an MTU (netdevice(7)).

import { encodeAddress } from "../tcp/ip-address.ts";
import { close, errnoName, ioctl, KernelError, recv, send, socket, succeed } from "./libc.ts";
import { AF_NETLINK, NLM_F_ACK, NLM_F_REQUEST, SOCK_CLOEXEC, SOCK_RAW } from "./linux.ts";
import { readProcFile } from "./proc-file.ts";
import { ADDRESS_FAMILY, encodeSocketAddress } from "./socket-address.ts";

const SOCK_DGRAM = 2;
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
  if (address.includes(":")) addIpv6Address(address);
  else
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

/** linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h */
const NETLINK_ROUTE = 0;
const RTM_NEWLINK = 16;
const RTM_NEWADDR = 20;
const NLM_F_CREATE = 0x400;
const IFLA_GSO_MAX_SEGS = 40;
const IFA_LOCAL = 2;
const IFA_F_NODAD = 0x02;
/** Octets of struct nlmsghdr, and of the header of an attribute. */
const MESSAGE_HEADER = 16;
const ATTRIBUTE_HEADER = 4;

function setOneSegmentFrames(): void {
  const link = Buffer.alloc(16); // struct ifinfomsg
  link.writeInt32LE(LOOPBACK_INDEX, 4);
  const one = Buffer.of(1, 0, 0, 0);
  askRouting("gso_max_segs 1 on lo", RTM_NEWLINK, 0, Buffer.concat([link, attribute(IFLA_GSO_MAX_SEGS, one)]));
}

/** Without duplicate address detection, which even on lo leaves an address tentative for an instant: EADDRNOTAVAIL. */
function addIpv6Address(address: string): void {
  const header = Buffer.of(ADDRESS_FAMILY.ipv6, WHOLE_ADDRESS, IFA_F_NODAD, 0, LOOPBACK_INDEX, 0, 0, 0); // struct ifaddrmsg
  const local = attribute(IFA_LOCAL, encodeAddress(address));
  askRouting(`${address} on lo`, RTM_NEWADDR, NLM_F_CREATE, Buffer.concat([header, local]));
  awaitLocalRoute(address);
}

/** Far longer than the kernel was ever seen to take, on two busy processors. */
const ROUTE_LIMIT_MS = 2000;

/**
 * The kernel enters the route that makes the address its own in a work item, after it has acknowledged the address. A
 * connection to it that is opened before fails with ENETUNREACH.
 */
function awaitLocalRoute(address: string): void {
  const destination = Buffer.from(encodeAddress(address)).toString("hex");
  // The last but one column holds the flags: RTF_LOCAL is 0x80000000 (linux/ipv6_route.h).
  const local = new RegExp(`^${destination} 80 .* [89a-f][0-9a-f]{7} +lo$`, "m");
  const clock = new Int32Array(new SharedArrayBuffer(4));
  for (const deadline = performance.now() + ROUTE_LIMIT_MS; !local.test(readProcFile("/proc/net/ipv6_route")); ) {
    if (performance.now() > deadline) throw new KernelError(`the route to ${address} on lo`, "ETIMEDOUT");
    Atomics.wait(clock, 0, 0, 1); // one millisecond, without leaving this thread: only it is in the namespace
  }
}

function attribute(type: number, value: Uint8Array): Buffer {
  const header = Buffer.alloc(ATTRIBUTE_HEADER);
  header.writeUInt16LE(ATTRIBUTE_HEADER + value.length, 0);
  header.writeUInt16LE(type, 2);
  return Buffer.concat([header, value]);
}

/** Asks rtnetlink(7), and throws a KernelError where it refuses. */
function askRouting(what: string, type: number, flags: number, body: Uint8Array): void {
  const fd = succeed("socket(AF_NETLINK)", socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
  const header = Buffer.alloc(MESSAGE_HEADER);
  header.writeUInt32LE(MESSAGE_HEADER + body.length, 0);
  header.writeUInt16LE(type, 4);
  header.writeUInt16LE(NLM_F_REQUEST | NLM_F_ACK | flags, 6);
  const message = Buffer.concat([header, body]);
  try {
    succeed(`netlink: ${what}`, Number(send(fd, message, message.length, 0)));
    const answer = Buffer.alloc(256); // struct nlmsgerr, which quotes the request
    succeed(`netlink: ${what}`, Number(recv(fd, answer, answer.length, 0)));
    const errno = -answer.readInt32LE(MESSAGE_HEADER);
    if (errno !== 0) throw new KernelError(`netlink: ${what}`, errnoName(errno));
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
  const fd = succeed("socket(SOCK_DGRAM)", socket(ADDRESS_FAMILY.ipv4, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  try {
    use(fd);
  } finally {
    close(fd);
  }
}

// The tape: every frame on lo in the order of the wire, read from a packet socket's ring (packet(7)). It knows frames and times, not TCP.

import { close as closeInBackground } from "node:fs";
import { clockStep, settleStamp } from "../kernel/clock.ts";
import {
  bind,
  close,
  getsockopt,
  ifNameToIndex,
  int32,
  KernelError,
  lastErrno,
  memoryAt,
  mmap,
  munmap,
  type Pointer,
  setsockopt,
  setsockoptInBackground,
  socket,
  succeed,
} from "../kernel/libc.ts";
import { SOCK_CLOEXEC, SOCK_RAW } from "../kernel/linux.ts";
import { ignoreDelivered } from "./gate.ts";

/** linux/if_packet.h, linux/if_ether.h, asm-generic/mman-common.h */
const AF_PACKET = 17;
const ETH_P_ALL_BIG_ENDIAN = 0x0300;
const SOL_PACKET = 263;
const PACKET_RX_RING = 5;
const PACKET_STATISTICS = 6;
const PACKET_VERSION = 10;
const TPACKET_V2 = 1;
const PACKET_VNET_HDR = 15;
const PACKET_IGNORE_OUTGOING = 23;
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;

/** struct tpacket2_hdr */
const HEADER = { status: 0, length: 4, captured: 8, mac: 12, network: 14, seconds: 16, nanoseconds: 20 } as const;
const TP_STATUS_USER = 1;
/** struct virtio_net_hdr, in the machine's own order of octets (vio_le), lies right before the Ethernet header (tpacket_rcv). */
const VIRTIO_NET_HEADER = { octets: 10, gsoSize: 4 } as const;
const BLOCK = 1 << 20;
/** lo's MTU is 65536 octets; the next power of two holds such a frame and its header. */
export const LARGEST_FRAME = 1 << 17;

export interface Frame {
  /** CLOCK_REALTIME, nanoseconds: "1795332041.017212600". */
  readonly at: string;
  /** From the IP header on; a copy, its checksums as the kernel left them (partial on loopback). */
  readonly packet: Uint8Array;
  /** Octets on the wire; more than `packet` has where the frame was cut. */
  readonly length: number;
  /** Octets of payload of each segment that the kernel counts this frame as (GSO); absent: it is one, or that was not asked. */
  readonly gsoSize?: number;
}

export interface TapeShape {
  /** Octets a frame takes in the ring, a power of two up to LARGEST_FRAME. */
  readonly frameSize: number;
  readonly frames: number;
}

export interface Hearing {
  /** Does not hear what the lab sends itself; that filter needs CAP_NET_ADMIN on new kernels. */
  readonly deafToDelivered: boolean;
  /**
   * Asks for each frame's gsoSize. Only where nobody but TCP sends: a frame of another protocol's segments, such as UDP's on
   * older kernels, has no such header (virtio_net_hdr_from_skb), and then its slot is never given back (tpacket_rcv).
   */
  readonly gsoSizes: boolean;
}

export class Tape implements Disposable {
  private readonly fd: number;
  private readonly ring: DataView;
  private readonly memory: Pointer;
  private readonly shape: TapeShape;
  private readonly hearing: Hearing;
  private next = 0;
  private dropped = 0;

  private constructor(fd: number, memory: Pointer, shape: TapeShape, hearing: Hearing) {
    this.fd = fd;
    this.memory = memory;
    this.shape = shape;
    this.hearing = hearing;
    const bytes = memoryAt(memory, octetsOf(shape));
    this.ring = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Listens on lo of the namespace that the main thread is in when this is called. EPERM without CAP_NET_RAW over it. */
  static async start(shape: TapeShape, hearing: Hearing): Promise<Tape> {
    const lo = ifNameToIndex("lo");
    const fd = succeed(
      "socket(AF_PACKET)",
      socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0), // protocol 0 hears nothing until bound
    );
    try {
      if (hearing.deafToDelivered) ignoreDelivered(fd);
      if (hearing.gsoSizes) set(fd, PACKET_VNET_HDR, int32(1));
      const memory = await mapRing(fd, shape);
      bindTo(fd, lo);
      return new Tape(fd, memory, shape, hearing);
    } catch (error) {
      close(fd);
      throw error;
    }
  }

  /** The frames since the last call. */
  read(): readonly Frame[] {
    const frames: Frame[] = [];
    let step: bigint | undefined;
    for (;;) {
      const offset = (this.next % this.shape.frames) * this.shape.frameSize;
      if ((this.ring.getUint32(offset + HEADER.status, true) & TP_STATUS_USER) === 0) return frames;
      step ??= clockStep();
      frames.push(this.frameAt(offset, step));
      this.ring.setUint32(offset + HEADER.status, 0, true); // TP_STATUS_KERNEL: hands the slot back
      this.next++;
    }
  }

  /** Frames that found no room in the ring; the kernel's count resets when read, this one does not. */
  get drops(): number {
    const statistics = Buffer.alloc(8); // struct tpacket_stats: packets, drops
    succeed(
      "getsockopt(PACKET_STATISTICS)",
      getsockopt(this.fd, SOL_PACKET, PACKET_STATISTICS, statistics, int32(statistics.length)),
    );
    this.dropped += statistics.readUInt32LE(4);
    return this.dropped;
  }

  [Symbol.dispose](): void {
    munmap(this.memory, octetsOf(this.shape));
    // Closing waits for an RCU grace period (packet_release: about 20 ms): a pool thread may wait for it.
    closeInBackground(this.fd, () => {});
  }

  private frameAt(offset: number, step: bigint): Frame {
    const field = (name: keyof typeof HEADER) => this.ring.getUint32(offset + HEADER[name], true);
    const start = offset + this.ring.getUint16(offset + HEADER.network, true);
    const ethernet = 14;
    const captured = field("captured") - ethernet;
    const gsoSize = this.hearing.gsoSizes ? this.gsoSizeAt(offset) : 0;
    return {
      at: settleStamp(field("seconds"), field("nanoseconds"), step),
      packet: new Uint8Array(this.ring.buffer, this.ring.byteOffset + start, captured).slice(),
      length: field("length") - ethernet,
      ...(gsoSize > 0 && { gsoSize }),
    };
  }

  /** 0 where the frame is one segment. */
  private gsoSizeAt(offset: number): number {
    const mac = this.ring.getUint16(offset + HEADER.mac, true);
    return this.ring.getUint16(offset + mac - VIRTIO_NET_HEADER.octets + VIRTIO_NET_HEADER.gsoSize, true);
  }
}

const octetsOf = ({ frames, frameSize }: TapeShape): number => frames * frameSize;

async function mapRing(fd: number, shape: TapeShape): Promise<Pointer> {
  set(fd, PACKET_VERSION, int32(TPACKET_V2));
  set(fd, PACKET_IGNORE_OUTGOING, int32(1)); // else every loopback frame comes twice
  const octets = octetsOf(shape);
  const request = new Uint8Array(Uint32Array.of(BLOCK, octets / BLOCK, shape.frameSize, shape.frames).buffer);
  // It waits for an RCU grace period (packet_set_ring: about 10 ms), in which others may work.
  if ((await setsockoptInBackground(fd, SOL_PACKET, PACKET_RX_RING, request)) < 0) set(fd, PACKET_RX_RING, request);
  const memory = mmap(null, octets, PROT_READ_WRITE, MAP_SHARED, fd, 0);
  if (memory === null) throw new KernelError("mmap of the tape's ring", lastErrno());
  return memory;
}

function bindTo(fd: number, interfaceIndex: number): void {
  const address = Buffer.alloc(20); // struct sockaddr_ll
  address.writeUInt16LE(AF_PACKET, 0);
  address.writeUInt16LE(ETH_P_ALL_BIG_ENDIAN, 2);
  address.writeInt32LE(interfaceIndex, 4);
  succeed("bind(AF_PACKET) to lo", bind(fd, address, address.length));
}

function set(fd: number, option: number, value: Uint8Array): void {
  succeed(`setsockopt(SOL_PACKET, ${option})`, setsockopt(fd, SOL_PACKET, option, value, value.length));
}

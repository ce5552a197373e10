// One record for a TCP socket, the same from every witness that lists sockets; what a source did not say is absent.

import type { Family } from "../tcp/segment.ts";
import type { TcpState } from "../tcp/state.ts";

export interface SocketEndpoint {
  /** Canonical text without brackets; "*" for the any-address. */
  readonly address: string;
  /** 0 where the tool printed no port ("*"). */
  readonly port: number;
  /** The interface a socket is bound to, as the tool printed it. */
  readonly zone?: string;
  /** The tool cut the address off; what is here may be a different, valid address. */
  readonly cut?: true;
}

export type TimerKind = "retransmit" | "keepalive" | "time-wait" | "probe" | "delayed-ack" | "unknown";

export interface SocketTimer {
  readonly kind: TimerKind;
  /** Until it expires, as far as the tool's precision goes. */
  readonly milliseconds: number;
  readonly retransmissions: number;
}

export interface SocketOwner {
  readonly name?: string;
  readonly pid?: number;
  readonly fileDescriptor?: number;
  readonly thread?: number;
}

export interface TcpSocketRecord {
  readonly protocol: "tcp";
  /** Absent where the dialect lost it (ss 4.13 prints * for both any-addresses). */
  readonly family?: Family;
  readonly state: TcpState;
  readonly local: SocketEndpoint;
  readonly remote: SocketEndpoint;
  readonly receiveQueue?: number;
  readonly sendQueue?: number;
  /** `null`: the source says that no timer runs. */
  readonly timer?: SocketTimer | null;
  readonly uid?: number;
  readonly inode?: number;
  /** Hexadecimal, without 0x. */
  readonly cookie?: string;
  readonly owners?: readonly SocketOwner[];
  /** ss's names for tcp_info fields, each as it was printed. */
  readonly info?: Readonly<Record<string, string>>;
}

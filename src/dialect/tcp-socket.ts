// One record for a TCP socket, the same from every tool that lists sockets; what a source did not say is absent.

import type { Family } from "../tcp/segment.ts";
import type { TcpState } from "../tcp/state.ts";
import type { TcpInfoFields } from "./inet-diag/tcp-info-fields.ts";

export interface SocketEndpoint {
  /** Canonical text (RFC 5952) without brackets and zone, or a host name; "*" for the any-address. */
  readonly address: string;
  /** 0 where the socket has none, which tools print as "*". Absent where the tool printed a name instead: `service`. */
  readonly port?: number;
  /** The name that the tool printed for the port, as in "localhost:ssh". */
  readonly service?: string;
  /** The interface a socket is bound to, as the tool printed it: a number on Windows, "if7" on Linux where it is gone. ss and inet_diag tell it of the local end. */
  readonly zone?: string;
  /** The tool's column was full: the address (in some tools the port, too) may go on, and be another one. */
  readonly cut?: true;
}

export type TimerKind = "retransmit" | "keepalive" | "time-wait" | "probe" | "delayed-ack" | "unknown";

export interface SocketTimer {
  readonly kind: TimerKind;
  /** Until it expires; 0 also where it is overdue. */
  readonly milliseconds: number;
  /** How much the tool may have left off: the truth is from `milliseconds` to less than `milliseconds` + `precisionMilliseconds`. */
  readonly precisionMilliseconds?: number;
  /** Of data; for the timers keepalive and probe the probes that were not answered. */
  readonly retransmissions: number;
}

export interface SocketOwner {
  /** What the tool calls the process. Octets that are no UTF-8 stand as U+DC80 to U+DCFF, so that none is lost. */
  readonly name?: string;
  readonly pid?: number;
  readonly fileDescriptor?: number;
  readonly thread?: number;
  /** Security contexts of process and socket (ss -Z, -z). */
  readonly processContext?: string;
  readonly socketContext?: string;
  /** The service within the process (Windows). */
  readonly component?: string;
  /** The tool's column was full: the name may go on. */
  readonly cut?: true;
}

export interface TcpSocketRecord {
  readonly protocol: "tcp";
  /** Absent where the dialect lost it (ss 4.13 prints * for both any-addresses). */
  readonly family?: Family;
  /** Absent where the tool was asked for one state only and does not repeat it. */
  readonly state?: TcpState;
  readonly local: SocketEndpoint;
  readonly remote: SocketEndpoint;
  /** Octets; of a listener the connections that wait to be accepted. */
  readonly receiveQueue?: number;
  /** Octets; of a listener the limit of its accept queue (inet_diag), or 0 (procfs). */
  readonly sendQueue?: number;
  /** `null`: the source says that no timer runs. */
  readonly timer?: SocketTimer | null;
  readonly uid?: number;
  /** Instead of `uid` where the tool printed a name. */
  readonly user?: string;
  /** 0 where no file belongs to the socket: TIME_WAIT, half-open, orphaned, not yet accepted. */
  readonly inode?: number;
  /** Hexadecimal, without 0x and leading zeros. */
  readonly cookie?: string;
  readonly owners?: readonly SocketOwner[];
  readonly info?: TcpInfoFields;
  /** What else the tool said, by the tool's own names and as it was printed. */
  readonly details?: Readonly<Record<string, string>>;
}

export const bareTimer = ({ kind, milliseconds, retransmissions }: SocketTimer) => ({
  kind,
  milliseconds,
  retransmissions,
});

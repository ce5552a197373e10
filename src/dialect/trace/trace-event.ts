// Lines of trace_pipe for the event sock:inet_sock_set_state (include/trace/events/sock.h), and what they leave open.

import type { TcpState } from "../../tcp/state.ts";

export interface Transition {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remotePort: number;
  readonly from: KernelState;
  readonly to: KernelState;
  readonly raw: string;
}

/** Names of include/net/tcp_states.h; the event knows no TIME_WAIT (a mini-socket) and no half-open request. */
const STATE = {
  TCP_ESTABLISHED: "ESTABLISHED",
  TCP_SYN_SENT: "SYN_SENT",
  TCP_SYN_RECV: "SYN_RCVD",
  TCP_FIN_WAIT1: "FIN_WAIT_1",
  TCP_FIN_WAIT2: "FIN_WAIT_2",
  TCP_TIME_WAIT: "TIME_WAIT",
  TCP_CLOSE: "CLOSED",
  TCP_CLOSE_WAIT: "CLOSE_WAIT",
  TCP_LAST_ACK: "LAST_ACK",
  TCP_LISTEN: "LISTEN",
  TCP_CLOSING: "CLOSING",
  TCP_NEW_SYN_RECV: "SYN_RCVD",
} as const satisfies Record<string, TcpState>;
type KernelState = keyof typeof STATE;

/** saddr is the address of an IPv4 socket; saddrv6 has it too, mapped, and is the address of an IPv6 socket. */
const EVENT =
  /inet_sock_set_state: family=(AF_INET6?) protocol=IPPROTO_TCP sport=(\d+) dport=(\d+) saddr=(\S+) daddr=\S+ saddrv6=(\S+) daddrv6=\S+ oldstate=(TCP_\w+) newstate=(TCP_\w+)/;

const isKernelState = (name: string | undefined): name is KernelState => name !== undefined && name in STATE;

/** Undefined for a line that is no such event, or names a state that the kernel's list does not have. */
export function readTransition(line: string): Transition | undefined {
  const [, family, localPort, remotePort, ipv4 = "", ipv6 = "", from, to] = EVENT.exec(line) ?? [];
  if (!isKernelState(from) || !isKernelState(to)) return undefined;
  const localAddress = family === "AF_INET6" ? ipv6 : ipv4;
  return { localAddress, localPort: Number(localPort), remotePort: Number(remotePort), from, to, raw: line.trim() };
}

/** The documented states that a socket may be in whose last transition this was. */
export function statesAfter({ from, to }: Transition): readonly TcpState[] {
  // A socket that becomes a TIME_WAIT mini-socket is closed itself; an orphan in FIN_WAIT_2 becomes one, too.
  if (to === "TCP_CLOSE" && from === "TCP_FIN_WAIT2") return ["CLOSED", "TIME_WAIT", "FIN_WAIT_2"];
  if (to === "TCP_CLOSE" && (from === "TCP_CLOSING" || from === "TCP_FIN_WAIT1")) return ["CLOSED", "TIME_WAIT"];
  // A request is half-open without an event: the server's SYN_RCVD is told only when the third segment arrives.
  if (to === "TCP_LISTEN") return ["LISTEN", "SYN_RCVD"];
  return [STATE[to]];
}

/** Of a listener by itself: its half-open requests are beside it, and leave it where it is. */
export const listenerStatesAfter = ({ to }: Transition): readonly TcpState[] => [STATE[to]];

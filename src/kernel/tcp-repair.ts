// TCP_REPAIR: sequence numbers of one's own choice, as checkpoint/restore sets them. Needs CAP_NET_ADMIN over the namespace.

import type { Endpoint } from "../tcp/segment.ts";
import { advance, sequence } from "../tcp/sequence.ts";
import { KernelError, setsockopt, succeed } from "./libc.ts";
import { IPPROTO_TCP } from "./linux.ts";
import type { Answer, TcpSocket } from "./tcp-socket.ts";

/** linux/tcp.h */
const TCP_REPAIR = 19;
const TCP_REPAIR_QUEUE = 20;
const TCP_QUEUE_SEQ = 21;
const TCP_REPAIR_WINDOW = 29;
const REPAIR_ON = 1;
const REPAIR_OFF = 0;
/** Leaves repair without a window probe: if the probe were held, the window would stay 0 and no FIN would ever leave. */
const REPAIR_OFF_NO_WINDOW_PROBE = -1;
const RECEIVE_QUEUE = 1;
const SEND_QUEUE = 2;

/** A window large enough for every lab, unscaled. */
const WINDOW = 65_535;

/** The next SYN of this unconnected socket carries `isn`. */
export function chooseInitialSequenceNumber(socket: TcpSocket, isn: number): void {
  setOption(socket, TCP_REPAIR, REPAIR_ON);
  setQueueSequence(socket, SEND_QUEUE, isn);
  setOption(socket, TCP_REPAIR, REPAIR_OFF);
}

export interface ChosenConnection {
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** SND.NXT: the sequence number of the next octet this end sends. */
  readonly sendNext: number;
  /** RCV.NXT: the sequence number of the next octet this end expects. */
  readonly receiveNext: number;
}

/** Puts a fresh socket into ESTABLISHED with these numbers; no segment goes out. */
export function establishWithoutHandshake(socket: TcpSocket, chosen: ChosenConnection): void {
  setOption(socket, TCP_REPAIR, REPAIR_ON);
  must("bind", socket.bind(chosen.local));
  setQueueSequence(socket, SEND_QUEUE, chosen.sendNext);
  setQueueSequence(socket, RECEIVE_QUEUE, chosen.receiveNext);
  must("connect in repair mode", socket.connect(chosen.remote));
  setRepairWindow(socket, chosen.receiveNext);
  setOption(socket, TCP_REPAIR, REPAIR_OFF_NO_WINDOW_PROBE);
}

/** Takes a connection away without a segment: in repair mode close() tells the peer nothing. */
export function vanish(socket: TcpSocket): void {
  setOption(socket, TCP_REPAIR, REPAIR_ON);
  socket.close();
}

/** struct tcp_repair_window: snd_wl1, snd_wnd, max_window, rcv_wnd, rcv_wup. */
function setRepairWindow(socket: TcpSocket, receiveNext: number): void {
  const lastSeen = advance(sequence(receiveNext), -1);
  const fields = Uint32Array.of(lastSeen, WINDOW, WINDOW, WINDOW, receiveNext);
  const bytes = new Uint8Array(fields.buffer);
  succeed("setsockopt(TCP_REPAIR_WINDOW)", setsockopt(socket.fd, IPPROTO_TCP, TCP_REPAIR_WINDOW, bytes, bytes.length));
}

function setQueueSequence(socket: TcpSocket, queue: number, next: number): void {
  setOption(socket, TCP_REPAIR_QUEUE, queue);
  setOption(socket, TCP_QUEUE_SEQ, next);
}

function setOption(socket: TcpSocket, option: number, value: number): void {
  const bytes = new Uint8Array(Uint32Array.of(value >>> 0).buffer);
  succeed(`setsockopt(TCP option ${option}, ${value})`, setsockopt(socket.fd, IPPROTO_TCP, option, bytes, 4));
}

function must(attempt: string, answer: Answer<unknown>): void {
  if (!answer.ok) throw new KernelError(attempt, answer.error);
}

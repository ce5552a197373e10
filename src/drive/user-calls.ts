// The user calls of RFC 9293 §3.9.1 as a lab writes them, the same for libc's sockets (stepped) and for node:net (free).

import type { SHUTDOWN_HOW, SocketOption } from "../kernel/tcp-socket.ts";

/**
 * Every call is one step of the scene, named "<end> <call>": "client connect". What the kernel answers (a value or an
 * errno) is written down as the step's outcome; a call never throws because the kernel refused it.
 */
export interface UserCalls {
  /** Passive open: LISTEN. */
  listen(): Promise<void>;
  /** Active open: the SYN leaves. Stepped it returns at once, free when the connection stands or was refused. */
  connect(): Promise<void>;
  /** Takes an established connection from the listener's queue (waits up to 1.5 s). */
  accept(): Promise<void>;
  /** SEND: one write of a text, or of so many octets. */
  send(data: string | number, how?: SendHow): Promise<void>;
  /** RECEIVE: reads what is there; free it waits for `atLeast` octets or the end of the stream. */
  receive(atLeast?: number): Promise<void>;
  /** Ends one direction (default: sending, a FIN) and keeps the descriptor. */
  shutdown(side?: keyof typeof SHUTDOWN_HOW): Promise<void>;
  /** CLOSE: both directions, the descriptor is gone. Before accept() it closes the listener. */
  close(): Promise<void>;
  /** ABORT: close with SO_LINGER {1, 0} or resetAndDestroy(), which sends RST. */
  abort(): Promise<void>;
}

export interface SendHow {
  /** MSG_OOB: the last octet is urgent. */
  readonly urgent?: boolean;
  /** MSG_MORE: kept back until more is written or the direction is shut down. */
  readonly more?: boolean;
}

/** What only libc's sockets offer, in stepped scenes. */
export interface SteppedCalls extends UserCalls {
  /** Gives the socket its port and leaves it CLOSED; listen() and connect() do so by themselves. */
  bind(): Promise<void>;
  /** Receives a held segment and ends its own sending side in the same breath, before a delayed ACK can leave. */
  closeOn(flags: string): Promise<void>;
  /** Writes so many octets as its kernel takes them, while the other end reads them and the wire hands everything on. */
  transfer(octets: number, to: SteppedCalls): Promise<void>;
  setOption(name: SocketOption, value: number): Promise<void>;
  /** The error that the next call would return (SO_ERROR): "none" or an errno. */
  takeError(): Promise<void>;
  /** Reads the urgent octet (MSG_OOB). */
  receiveUrgent(): Promise<void>;
  /** Whether reading stands at the urgent mark (SIOCATMARK): "yes" or "no". */
  atMark(): Promise<void>;
  /** Takes a fresh socket at the same address in the old one's stead, as a program does that is started again. */
  renew(): Promise<void>;
}

/** What only free scenes on node:net offer. */
export interface FreeCalls extends UserCalls {
  /** `allowHalfOpen` (default true): whether a FIN that comes leaves the own direction open, or Node closes it as well. */
  listen(how?: { readonly allowHalfOpen?: boolean }): Promise<void>;
  /** Active open to its own address and port: the SYN meets the socket that sent it. */
  connectToItself(): Promise<void>;
  /** Opens so many connections one after the other and aborts each as soon as it stands. */
  openAndAbort(times: number): Promise<void>;
  /** A program in a process of its own connects from this end's address, closes and exits; it is gone when this returns. */
  runProgram(): Promise<void>;
}

// The libc sockets of one end, each behind a gate: the first, what listen() or connect() made of it, and what accept() gave.

import { LabError } from "../fault.ts";
import { chooseInitialSequenceNumber, establishWithoutHandshake, vanish } from "../kernel/tcp-repair.ts";
import type { Answer, TcpSocket } from "../kernel/tcp-socket.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import { waitFor } from "./wait.ts";

export interface GatedSocketsSetting {
  readonly end: End;
  readonly family: Family;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly world: Pick<World, "openHeldSocket">;
}

/** As bind() would answer: done before. */
const BOUND: Answer<number> = { ok: true, value: 0 };
const NOTHING_CAME: Answer<never> = { ok: false, error: "EAGAIN" };
const BACKLOG = 8;

export class GatedSockets implements Disposable {
  private listener: TcpSocket | undefined;
  private connection: TcpSocket | undefined;
  private bound = false;
  private readonly setting: GatedSocketsSetting;

  constructor(setting: GatedSocketsSetting) {
    this.setting = setting;
  }

  /** A gated socket, so that TCP_INFO can speak of CLOSED before any call; in the old one's stead, if there is one. */
  open(): void {
    this.connection?.close();
    this.connection = this.setting.world.openHeldSocket(this.setting.family);
    this.connection.setOption("SO_REUSEADDR", 1);
  }

  /** What a witness needs to find this end. */
  get subject() {
    const { end, local, remote } = this.setting;
    const descriptor = this.connection?.fd ?? this.listener?.fd;
    return {
      end,
      local,
      remote,
      listens: this.listener !== undefined && this.connection === undefined,
      ...(descriptor !== undefined && { descriptor }),
    };
  }

  /** The listener by itself, for scenes that ask what becomes of it beside its connection. */
  get listenerSubject() {
    const { end, local, remote } = this.setting;
    if (this.listener === undefined) return undefined;
    return { end, socket: "listener", local, remote, listens: true, descriptor: this.listener.fd } as const;
  }

  /** The socket of the user calls; the listener stands in, so that a call on it gets the kernel's own refusal. */
  get current(): TcpSocket {
    const socket = this.connection ?? this.listener;
    if (socket === undefined)
      throw new LabError(`lab: ${this.setting.end}: a user call after close(): the descriptor is gone`);
    return socket;
  }

  /** ESTABLISHED without a handshake, `next` being this end's SND.NXT and `expected` its RCV.NXT. */
  establish(next: number, expected: number): void {
    const { local, remote } = this.setting;
    establishWithoutHandshake(this.current, { local, remote, sendNext: next, receiveNext: expected });
  }

  bind(): Answer<unknown> {
    const answer = this.current.bind(this.setting.local);
    this.bound = answer.ok;
    return answer;
  }

  listen(): Answer<unknown> {
    const socket = this.current;
    const bound = this.bound ? BOUND : socket.bind(this.setting.local);
    const answer = bound.ok ? socket.listen(BACKLOG) : bound;
    if (answer.ok) [this.listener, this.connection] = [socket, undefined];
    return answer;
  }

  /** `isn`: the initial sequence number that it is to have; needs TCP_REPAIR. */
  connect(isn: number | undefined): Answer<string | number> {
    const socket = this.current;
    const bound = this.listener === undefined && !this.bound ? socket.bind(this.setting.local) : BOUND;
    // A second connect() on the same socket finds it bound already (EINVAL); connect() itself then answers.
    if (isn !== undefined && bound.ok) chooseInitialSequenceNumber(socket, isn);
    return socket.connect(this.setting.remote);
  }

  /** Waits until a connection is in the listener's queue. */
  async accept(): Promise<Answer<unknown>> {
    const listener = this.listener;
    if (listener === undefined) return { ok: false, error: "EINVAL" };
    const accepted = await waitFor(() => {
      const answer = listener.accept();
      return !answer.ok && answer.error === "EAGAIN" ? undefined : answer;
    });
    if (accepted?.ok) this.connection = accepted.value;
    return accepted ?? NOTHING_CAME;
  }

  /** The connection, or the listener where there is none. */
  close(): Answer<unknown> {
    const answer = this.current.close();
    if (this.connection !== undefined) this.connection = undefined;
    else this.listener = undefined;
    return answer;
  }

  /** The connection goes without a segment; a gated listener stays, and swallows what is still sent to it. */
  vanish(): void {
    if (this.connection !== undefined) vanish(this.connection);
    this.connection = undefined;
  }

  [Symbol.dispose](): void {
    this.connection?.close();
    this.listener?.close();
    this.connection = this.listener = undefined;
  }
}

// An end made of libc sockets, whose every segment is held: the user calls, each one step of the scene.

import { constants } from "node:os";
import { type Alphabet, PLAIN_ALPHABET } from "../evidence/personal-alphabet.ts";
import { LabError } from "../fault.ts";
import { chooseInitialSequenceNumber, establishWithoutHandshake, vanish } from "../kernel/tcp-repair.ts";
import { type Answer, MESSAGE_FLAGS, type SHUTDOWN_HOW, type SocketOption, TcpSocket } from "../kernel/tcp-socket.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import { holdSegments } from "../wire/gate.ts";
import type { HeldWire } from "./held-wire.ts";
import { waitFor } from "./patience.ts";
import { payloadOf, spellPayload } from "./payload.ts";
import { type Done, type HeldSegment, type Stagehand, TooLate } from "./stagehand.ts";
import { carry } from "./transfer.ts";
import type { SendHow, SteppedCalls } from "./user-calls.ts";

export interface EndSetting {
  readonly end: End;
  readonly family: Family;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  /** Initial sequence number to be chosen for the active open; needs TCP_REPAIR. */
  readonly isn?: number;
  /** Of the run's student; without it letters stand for themselves. */
  readonly alphabet?: Alphabet;
}

/** As bind() would answer: done before. */
const BOUND: Answer<number> = { ok: true, value: 0 };
const BACKLOG = 8;
const RECEIVE_LIMIT = 1 << 20;

export class SteppedEnd implements SteppedCalls {
  private listener: TcpSocket | undefined;
  private connection: TcpSocket | undefined;
  private bound = false;
  private readonly setting: EndSetting;
  private readonly hand: Stagehand;
  private readonly wire: HeldWire;

  constructor(setting: EndSetting, hand: Stagehand, wire: HeldWire) {
    this.setting = setting;
    this.hand = hand;
    this.wire = wire;
  }

  /** A gated socket, so that TCP_INFO can speak of CLOSED before any call. */
  open(): void {
    this.connection = this.openSocket();
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

  /** ESTABLISHED without a handshake, `next` being this end's SND.NXT and `expected` its RCV.NXT. Not a step. */
  establish(next: number, expected: number): void {
    establishWithoutHandshake(this.theConnection, {
      local: this.setting.local,
      remote: this.setting.remote,
      sendNext: next,
      receiveNext: expected,
    });
  }

  bind(): Promise<void> {
    return this.call("bind", () => {
      const outcome = plain(this.theConnection.bind(this.setting.local));
      this.bound = outcome.ok;
      return { sentence: `${this.who} binds a socket to port ${this.setting.local.port}`, outcome };
    });
  }

  listen(): Promise<void> {
    return this.call("listen", () => {
      const socket = this.theConnection;
      const bound = this.bound ? BOUND : socket.bind(this.setting.local);
      const answer = bound.ok ? socket.listen(BACKLOG) : bound;
      if (answer.ok) [this.listener, this.connection] = [socket, undefined];
      return { sentence: `${this.who} calls listen() on port ${this.setting.local.port}`, outcome: plain(answer) };
    });
  }

  connect(): Promise<void> {
    return this.call("connect", () => {
      const { local, remote, isn } = this.setting;
      const socket = this.theConnection;
      const bound = this.listener === undefined && !this.bound ? socket.bind(local) : BOUND;
      // A second connect() on the same socket finds it bound already (EINVAL); connect() itself then answers.
      if (isn !== undefined && bound.ok) chooseInitialSequenceNumber(socket, isn);
      const to = `${remote.address}:${remote.port}`;
      return { sentence: `${this.who} calls connect() to ${to}`, outcome: valued(socket.connect(remote)) };
    });
  }

  accept(): Promise<void> {
    return this.call("accept", async () => {
      const listener = this.listener;
      if (listener === undefined) return { sentence: `${this.who} calls accept()`, outcome: refused("EINVAL") };
      const accepted = await waitFor(() => {
        const answer = listener.accept();
        return !answer.ok && answer.error === "EAGAIN" ? undefined : answer;
      });
      if (accepted?.ok) this.connection = accepted.value;
      return { sentence: `${this.who} calls accept()`, outcome: plain(accepted ?? refused("EAGAIN")) };
    });
  }

  send(data: string | number, how: SendHow = {}): Promise<void> {
    return this.call(how.urgent ? "send urgent" : "send", () => {
      const flags = (how.urgent ? MESSAGE_FLAGS.outOfBand : 0) | (how.more ? MESSAGE_FLAGS.more : 0);
      const payload = payloadOf(data);
      const kind = how.urgent ? "urgent " : "";
      return {
        sentence: `${this.who} writes ${kind}${spellPayload(payload)}${how.more ? " and says that more is to come" : ""}`,
        outcome: valued(this.theConnection.send(this.alphabet.write(payload), flags)),
      };
    });
  }

  transfer(octets: number, to: SteppedCalls): Promise<void> {
    return this.call("transfer", async () => {
      if (!(to instanceof SteppedEnd)) throw new LabError("lab: transfer: to the other end of the scene");
      const {
        octets: come,
        differsFrom,
        error,
        segments,
      } = await carry({
        data: this.alphabet.write(payloadOf(octets)),
        write: (data) => this.theConnection.send(data),
        read: () => to.theConnection.receive(RECEIVE_LIMIT),
        handOn: () => this.wire.handOnWhatIsHeld(),
      });
      const whole = differsFrom === undefined ? "" : `, other than sent from octet ${differsFrom} on`;
      return {
        sentence: `${this.who} writes ${octets} octets as its kernel takes them, the ${to.setting.end} reads, and the wire hands on ${segments.length} segments as they come`,
        outcome: error === undefined ? { ok: true, value: `${come} octets${whole}` } : refused(error),
        fate: "delivered",
        segments,
      };
    });
  }

  receive(): Promise<void> {
    return this.call("receive", () => this.read("reads", 0));
  }

  receiveUrgent(): Promise<void> {
    return this.call("receive urgent", () => this.read("reads the urgent octet", MESSAGE_FLAGS.outOfBand));
  }

  atMark(): Promise<void> {
    return this.call("at mark", () => {
      const mark = this.theConnection.atMark();
      return {
        sentence: `${this.who} asks whether reading stands at the urgent mark (SIOCATMARK)`,
        outcome: mark.ok ? { ok: true, value: mark.value ? "yes" : "no" } : mark,
      };
    });
  }

  shutdown(side: keyof typeof SHUTDOWN_HOW = "sending"): Promise<void> {
    const step = side === "sending" ? "shutdown" : `shutdown ${side}`;
    return this.call(step, () => ({
      sentence: `${this.who} shuts ${side === "both" ? "both directions" : `its ${side} side`} down`,
      outcome: plain(this.theConnection.shutdown(side)),
    }));
  }

  close(): Promise<void> {
    return this.call("close", () => this.closeNow(`${this.who} calls close()`));
  }

  abort(): Promise<void> {
    return this.call("abort", () => {
      this.theConnection.lingerZero();
      return this.closeNow(`${this.who} aborts: close() with a linger time of 0`);
    });
  }

  setOption(name: SocketOption, value: number): Promise<void> {
    return this.call(`set ${name}`, () => ({
      sentence: `${this.who} sets ${name} to ${value}`,
      outcome: plain(this.theConnection.setOption(name, value)),
    }));
  }

  takeError(): Promise<void> {
    return this.call("take error", () => ({
      sentence: `${this.who} asks for its socket's error (SO_ERROR)`,
      outcome: { ok: true, value: errnoName(this.theConnection.takeError()) },
    }));
  }

  renew(): Promise<void> {
    return this.call("renew", () => {
      this.connection?.close();
      this.connection = this.openSocket();
      return { sentence: `${this.who} takes a fresh socket`, outcome: { ok: true } };
    });
  }

  closeOn(flags: string): Promise<void> {
    const { end } = this.setting;
    let held: HeldSegment | undefined;
    return this.hand.perform({
      actor: end,
      step: `${end} close on ${flags}`,
      prepare: async () => {
        held = await this.wire.awaitHeld(flags, { from: otherEnd(end) });
      },
      execute: () => {
        if (held === undefined) throw new Error("stepped end: nothing to close on");
        this.wire.handOnInOneBreath(held);
        const outcome = plain(this.theConnection.shutdown("sending"));
        this.hand.readTape();
        if (this.wire.holds("ACK", end)) throw new TooLate(`${this.who}'s ACK left on its own before its FIN`);
        const sentence = `The wire hands on the ${held.end}'s ${flags} (frame ${held.frame}), and in the same breath ${this.who.toLowerCase()} closes its sending side`;
        return finishSentence({ sentence, outcome, fate: "delivered", segments: [held.id] });
      },
    });
  }

  /** The connection goes without a segment; a gated listener stays, and swallows what is still sent to it. Not a step. */
  vanish(): void {
    if (this.connection !== undefined) vanish(this.connection);
    this.connection = undefined;
  }

  [Symbol.dispose](): void {
    this.connection?.close();
    this.listener?.close();
    this.connection = this.listener = undefined;
  }

  private get alphabet(): Alphabet {
    return this.setting.alphabet ?? PLAIN_ALPHABET;
  }

  private get who(): string {
    return `The ${this.setting.end}`;
  }

  /** The socket of the user calls; the listener stands in, so that a call on it gets the kernel's own refusal. */
  private get theConnection(): TcpSocket {
    const socket = this.connection ?? this.listener;
    if (socket === undefined)
      throw new LabError(`lab: ${this.setting.end}: a user call after close(): the descriptor is gone`);
    return socket;
  }

  private openSocket(): TcpSocket {
    const socket = TcpSocket.open(this.setting.family);
    socket.setOption("SO_REUSEADDR", 1);
    holdSegments(socket.fd);
    return socket;
  }

  private read(verb: string, flags: number): Done {
    const received = this.theConnection.receive(RECEIVE_LIMIT, flags);
    const outcome = received.ok
      ? ({ ok: true, value: spellPayload(this.alphabet.read(received.value)) } as const)
      : received;
    return { sentence: `${this.who} ${verb}`, outcome };
  }

  private closeNow(sentence: string): Done {
    const outcome = plain(this.theConnection.close());
    if (this.connection !== undefined) this.connection = undefined;
    else this.listener = undefined;
    return { sentence, outcome };
  }

  private call(name: string, execute: () => Done | Promise<Done>): Promise<void> {
    const { end } = this.setting;
    return this.hand.perform({
      actor: end,
      step: `${end} ${name}`,
      execute: async () => finishSentence(await execute()),
    });
  }
}

/** "The client calls connect()" → "The client calls connect(): ECONNREFUSED." */
function finishSentence(done: Done): Done {
  const { outcome } = done;
  if (!outcome.ok) return { ...done, sentence: `${done.sentence}: ${outcome.error}.` };
  return { ...done, sentence: `${done.sentence}${outcome.value === undefined ? "" : `: ${outcome.value}`}.` };
}

const refused = (error: string) => ({ ok: false, error }) as const;

const plain = (answer: Answer<unknown>): Done["outcome"] => (answer.ok ? { ok: true } : answer);

const valued = (answer: Answer<string | number>): Done["outcome"] => answer;

function errnoName(number: number): string {
  if (number === 0) return "none";
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`;
}

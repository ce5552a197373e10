// An end made of libc sockets, whose every segment is held: the user calls, each one step of the scene.

import { formatPayload, payloadOf } from "../evidence/payload.ts";
import { type Alphabet, PLAIN_ALPHABET } from "../evidence/personal-alphabet.ts";
import { LabError } from "../fault.ts";
import { errnoName } from "../kernel/libc.ts";
import { type Answer, MESSAGE_FLAGS, type SHUTDOWN_HOW, type SocketOption } from "../kernel/tcp-socket.ts";
import { otherEnd } from "../tcp/end.ts";
import { GatedSockets, type GatedSocketsSetting } from "./gated-sockets.ts";
import type { HeldWire } from "./held-wire.ts";
import { formatFlow } from "./segment-selector.ts";
import { type HeldSegment, linesOf, refused, type StepResult, type StepRunner, TooLate } from "./step-runner.ts";
import { carry } from "./transfer.ts";
import type { SendHow, SteppedCalls } from "./user-calls.ts";

export interface EndSetting extends GatedSocketsSetting {
  /** Initial sequence number to be chosen for the active open; needs TCP_REPAIR. */
  readonly isn?: number;
  /** Of the run's student; without it letters stand for themselves. */
  readonly alphabet?: Alphabet;
}

const RECEIVE_LIMIT = 1 << 20;

export class SteppedEnd implements SteppedCalls {
  /** Opened, established and made to vanish by the runner, which is no step. */
  readonly sockets: GatedSockets;
  private readonly setting: EndSetting;
  private readonly runner: StepRunner;
  private readonly wire: HeldWire;

  constructor(setting: EndSetting, runner: StepRunner, wire: HeldWire) {
    this.sockets = new GatedSockets(setting);
    this.setting = setting;
    this.runner = runner;
    this.wire = wire;
  }

  bind(): Promise<void> {
    return this.call("bind", () => ({
      sentence: `${this.who} binds a socket to port ${this.setting.local.port}`,
      outcome: plain(this.sockets.bind()),
    }));
  }

  listen(): Promise<void> {
    return this.call("listen", () => ({
      sentence: `${this.who} calls listen() on port ${this.setting.local.port}`,
      outcome: plain(this.sockets.listen()),
    }));
  }

  connect(): Promise<void> {
    return this.call("connect", () => {
      const { remote, isn } = this.setting;
      const to = `${remote.address}:${remote.port}`;
      return { sentence: `${this.who} calls connect() to ${to}`, outcome: valued(this.sockets.connect(isn)) };
    });
  }

  accept(): Promise<void> {
    return this.call("accept", async () => ({
      sentence: `${this.who} calls accept()`,
      outcome: plain(await this.sockets.accept()),
    }));
  }

  send(data: string | number, how: SendHow = {}): Promise<void> {
    return this.call(how.urgent ? "send urgent" : "send", () => {
      const flags = (how.urgent ? MESSAGE_FLAGS.outOfBand : 0) | (how.more ? MESSAGE_FLAGS.more : 0);
      const payload = payloadOf(data);
      const kind = how.urgent ? "urgent " : "";
      return {
        sentence: `${this.who} writes ${kind}${formatPayload(payload)}${how.more ? " and says that more is to come" : ""}`,
        outcome: valued(this.sockets.current.send(this.alphabet.write(payload), flags)),
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
        delivered,
      } = await carry({
        data: this.alphabet.write(payloadOf(octets)),
        write: (data) => this.sockets.current.send(data),
        read: () => to.sockets.current.receive(RECEIVE_LIMIT),
        deliverHeld: () => this.wire.deliverWhatIsHeld(),
      });
      const whole = differsFrom === undefined ? "" : `, other than sent from octet ${differsFrom} on`;
      return {
        sentence: `${this.who} writes ${octets} octets as its kernel takes them, the ${to.setting.end} reads, and the wire ${formatFlow(delivered)}`,
        outcome: error === undefined ? { ok: true, value: `${come} octets${whole}` } : refused(error),
        fate: "delivered",
        segments: linesOf(delivered),
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
      const mark = this.sockets.current.atMark();
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
      outcome: plain(this.sockets.current.shutdown(side)),
    }));
  }

  close(): Promise<void> {
    return this.call("close", () => this.closeNow(`${this.who} calls close()`));
  }

  abort(): Promise<void> {
    return this.call("abort", () => {
      this.sockets.current.lingerZero();
      return this.closeNow(`${this.who} aborts: close() with a linger time of 0`);
    });
  }

  setOption(name: SocketOption, value: number): Promise<void> {
    return this.call(`set ${name}`, () => ({
      sentence: `${this.who} sets ${name} to ${value}`,
      outcome: plain(this.sockets.current.setOption(name, value)),
    }));
  }

  takeError(): Promise<void> {
    return this.call("take error", () => {
      const errno = this.sockets.current.takeError();
      const value = errno === 0 ? "none" : errnoName(errno);
      return { sentence: `${this.who} asks for its socket's error (SO_ERROR)`, outcome: { ok: true, value } };
    });
  }

  renew(): Promise<void> {
    return this.call("renew", () => {
      this.sockets.open();
      return { sentence: `${this.who} takes a fresh socket`, outcome: { ok: true } };
    });
  }

  closeOn(flags: string): Promise<void> {
    const { end } = this.setting;
    let held: HeldSegment | undefined;
    return this.runner.runStep({
      actor: end,
      name: `${end} close on ${flags}`,
      prepare: async () => {
        held = await this.wire.awaitHeld(flags, { from: otherEnd(end) });
      },
      execute: () => {
        if (held === undefined) throw new Error("stepped end: nothing to close on");
        this.wire.deliverAtOnce(held);
        const outcome = plain(this.sockets.current.shutdown("sending"));
        this.runner.readTape();
        if (this.wire.holds("ACK", end)) throw new TooLate(`${this.who}'s ACK left on its own before its FIN`);
        const sentence = `The wire hands on the ${held.end}'s ${flags} (frame ${held.line?.frame}), and in the same breath ${this.who.toLowerCase()} closes its sending side`;
        return finishSentence({ sentence, outcome, fate: "delivered", segments: linesOf([held]) });
      },
    });
  }

  [Symbol.dispose](): void {
    this.sockets[Symbol.dispose]();
  }

  private get alphabet(): Alphabet {
    return this.setting.alphabet ?? PLAIN_ALPHABET;
  }

  private get who(): string {
    return `The ${this.setting.end}`;
  }

  private read(verb: string, flags: number): StepResult {
    const received = this.sockets.current.receive(RECEIVE_LIMIT, flags);
    const outcome = received.ok
      ? ({ ok: true, value: formatPayload(this.alphabet.read(received.value)) } as const)
      : received;
    return { sentence: `${this.who} ${verb}`, outcome };
  }

  private closeNow(sentence: string): StepResult {
    return { sentence, outcome: plain(this.sockets.close()) };
  }

  private call(name: string, execute: () => StepResult | Promise<StepResult>): Promise<void> {
    const { end } = this.setting;
    return this.runner.runStep({
      actor: end,
      name: `${end} ${name}`,
      execute: async () => finishSentence(await execute()),
    });
  }
}

/** "The client calls connect()" → "The client calls connect(): ECONNREFUSED." */
function finishSentence(done: StepResult): StepResult {
  const { outcome } = done;
  if (!outcome.ok) return { ...done, sentence: `${done.sentence}: ${outcome.error}.` };
  return { ...done, sentence: `${done.sentence}${outcome.value === undefined ? "" : `: ${outcome.value}`}.` };
}

const plain = (answer: Answer<unknown>): StepResult["outcome"] => (answer.ok ? { ok: true } : answer);

const valued = (answer: Answer<string | number>): StepResult["outcome"] => answer;

// An end made of plain node:net, for free scenes: nothing is held, the kernel and Node go at their own pace.

import { createServer, type LookupFunction, type Server, Socket } from "node:net";
import { formatPayload, payloadOf } from "../evidence/payload.ts";
import { type Alphabet, PLAIN_ALPHABET } from "../evidence/personal-alphabet.ts";
import type { Answer } from "../kernel/tcp-socket.ts";
import type { End } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import { NodeConnection, settled } from "./node-connection.ts";
import { runProgram } from "./program.ts";
import { NoAnswer, refused, type StepResult, type StepRunner } from "./step-runner.ts";
import type { FreeCalls, SendHow } from "./user-calls.ts";
import { waitFor, withTimeout } from "./wait.ts";

export interface FreeSetting {
  readonly end: End;
  readonly local: Endpoint;
  readonly remote: Endpoint;
  readonly world: Pick<World, "inside" | "openSocket">;
  /** Of the run's student; without it letters stand for themselves. */
  readonly alphabet?: Alphabet;
}

type Outcome = StepResult["outcome"];

const familyOf = ({ address }: Endpoint): Family => (address.includes(":") ? "ipv6" : "ipv4");

/** How long a lab waits for the other end's application; it may have to read a megabyte first. */
const CONNECTION_TIMEOUT_MS = 5000;
/** Connections that are opened side by side. */
const AT_ONCE = 10;

export class FreeEnd implements FreeCalls {
  private server: Server | undefined;
  private connection: NodeConnection | undefined;
  private isItsOwnPeer = false;
  private readonly setting: FreeSetting;
  private readonly runner: StepRunner;

  constructor(setting: FreeSetting, runner: StepRunner) {
    this.setting = setting;
    this.runner = runner;
  }

  get subject() {
    const { end, local } = this.setting;
    return { end, local, remote: this.remote, listens: this.server !== undefined && this.connection === undefined };
  }

  listen({ allowHalfOpen = true }: { readonly allowHalfOpen?: boolean } = {}): Promise<void> {
    return this.call("listen", async () => {
      const { port } = this.setting.local;
      const server = createServer({ allowHalfOpen }, (socket) => {
        this.connection = new NodeConnection(socket);
      });
      this.server = server;
      const fd = this.openBound();
      const outcome = fd.ok ? await settled(server, "listening", () => server.listen({ fd: fd.value })) : fd;
      const how = allowHalfOpen ? "" : ", its connections not to stay half-open";
      return { sentence: `${this.who} listens on port ${port}${how}`, outcome };
    });
  }

  connect(): Promise<void> {
    return this.call("connect", async () => {
      const connection = new NodeConnection(new Socket({ allowHalfOpen: true }));
      this.connection = connection;
      const outcome = await this.open(connection.socket, this.setting.local.port);
      return { sentence: `${this.who} connects to ${this.remoteText}`, outcome };
    });
  }

  connectToItself(): Promise<void> {
    return this.call("connect to itself", async () => {
      const { address, port } = this.setting.local;
      this.isItsOwnPeer = true;
      const connection = new NodeConnection(new Socket({ allowHalfOpen: true }));
      this.connection = connection;
      const outcome = await this.open(connection.socket, port);
      return { sentence: `${this.who} connects from port ${port} to ${address}:${port}, which is its own`, outcome };
    });
  }

  accept(): Promise<void> {
    return this.call("accept", async () => {
      const accepted = await waitFor(() => this.connection, CONNECTION_TIMEOUT_MS);
      return { sentence: `${this.who} accepts the connection`, outcome: accepted ? { ok: true } : refused("EAGAIN") };
    });
  }

  openAndAbort(times: number): Promise<void> {
    return this.call("open and abort", async () => {
      let opened = 0;
      while (opened < times) {
        const sockets = Array.from({ length: Math.min(AT_ONCE, times - opened) }, () => new Socket());
        for (const socket of sockets) socket.on("error", () => {});
        const outcomes = await Promise.all(sockets.map((socket) => this.open(socket)));
        for (const socket of sockets) socket.resetAndDestroy();
        const refusal = outcomes.find(({ ok }) => !ok);
        if (refusal !== undefined)
          return {
            sentence: `${this.who} opens connections ${opened + 1} to ${opened + sockets.length}`,
            outcome: refusal,
          };
        opened += sockets.length;
        this.runner.readTape();
      }
      return { sentence: `${this.who} opens and aborts ${times} connections`, outcome: { ok: true, value: opened } };
    });
  }

  runProgram(): Promise<void> {
    return this.call("run program", async () => {
      const { pid, error, signal } = await runProgram(this.setting.world, this.setting.local, this.setting.remote);
      if (signal !== undefined) throw new NoAnswer(`the ${this.setting.end}'s program was ended by ${signal}`);
      const sentence = `A program of the ${this.setting.end}'s (process ${pid}) connects to ${this.remoteText}, closes and exits`;
      return { sentence, outcome: error === undefined ? { ok: true } : refused(error) };
    });
  }

  send(data: string | number, _how: SendHow = {}): Promise<void> {
    return this.call("send", async () => {
      const payload = payloadOf(data);
      const sentence = `${this.who} writes ${formatPayload(payload)}`;
      const connection = this.connection;
      if (connection === undefined) return { sentence, outcome: refused("ENOTCONN") };
      return { sentence, outcome: await connection.write(this.alphabet.write(payload)) };
    });
  }

  receive(atLeast = 1): Promise<void> {
    return this.call("receive", async () => {
      await waitFor(() => (this.connection?.hasReceived(atLeast) ? true : undefined), CONNECTION_TIMEOUT_MS);
      const error = this.connection?.error;
      const outcome: Outcome = error
        ? refused(error)
        : { ok: true, value: formatPayload(this.alphabet.read(this.connection?.take() ?? new Uint8Array())) };
      return { sentence: `${this.who} reads`, outcome };
    });
  }

  shutdown(): Promise<void> {
    return this.call("shutdown", async () => ({
      sentence: `${this.who} ends its sending side`,
      outcome: await this.end(),
    }));
  }

  close(): Promise<void> {
    return this.call("close", async () => {
      if (this.connection === undefined) this.server?.close();
      return { sentence: `${this.who} closes`, outcome: this.connection ? await this.end() : { ok: true } };
    });
  }

  abort(): Promise<void> {
    return this.call("abort", () => {
      this.connection?.socket.resetAndDestroy();
      return { sentence: `${this.who} aborts (resetAndDestroy)`, outcome: { ok: true } };
    });
  }

  /** Resolves when Node has given the descriptors back: only then may the scene's world be given back. */
  async [Symbol.asyncDispose](): Promise<void> {
    const connection = this.connection;
    if (connection !== undefined && !connection.socket.closed)
      await new Promise((resolve) => connection.socket.once("close", resolve).destroy());
    const server = this.server;
    if (server?.listening) await new Promise((resolve) => server.close(resolve));
  }

  private get alphabet(): Alphabet {
    return this.setting.alphabet ?? PLAIN_ALPHABET;
  }

  private get who(): string {
    return `The ${this.setting.end}`;
  }

  private get remote(): Endpoint {
    return this.isItsOwnPeer ? this.setting.local : this.setting.remote;
  }

  private get remoteText(): string {
    return `${this.remote.address}:${this.remote.port}`;
  }

  /**
   * A listener's socket as Node would bind it (uv__tcp_bind() sets SO_REUSEADDR, too). Node itself binds later than it is
   * asked to, when the main thread has left the world.
   */
  private openBound(): Answer<number> {
    const { local, world } = this.setting;
    const socket = world.openSocket(familyOf(local));
    socket.setOption("SO_REUSEADDR", 1);
    const bound = socket.bind(local);
    if (bound.ok) return { ok: true, value: socket.fd };
    socket.close();
    return bound;
  }

  /** Of an address Node would open the socket a little later, too: given a name, it does as soon as the name is looked up. */
  private open(socket: Socket, localPort?: number): Promise<Outcome> {
    const { address, port } = this.remote;
    const { local, world } = this.setting;
    const family = familyOf(local) === "ipv6" ? 6 : 4;
    const lookup: LookupFunction = (_name, _options, found) => found(null, address, family);
    const to = { host: `the ${this.setting.end}'s peer`, lookup, family, port, localAddress: local.address };
    return settled(socket, "connect", () =>
      world.inside(() => socket.connect({ ...to, ...(localPort && { localPort }) })),
    );
  }

  private end(): Promise<Outcome> {
    return this.connection?.end() ?? Promise.resolve(refused("ENOTCONN"));
  }

  private call(name: string, execute: () => StepResult | Promise<StepResult>): Promise<void> {
    const { end } = this.setting;
    return this.runner.runStep({
      actor: end,
      name: `${end} ${name}`,
      execute: async () => {
        const done = await withTimeout(Promise.resolve(execute()), `the ${end}'s ${name}`);
        const { outcome } = done;
        const answer = outcome.ok ? outcome.value : outcome.error;
        return { ...done, sentence: `${done.sentence}${answer === undefined ? "" : `: ${answer}`}.` };
      },
    });
  }
}

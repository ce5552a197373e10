// Sockets that are neither end of the scene: many short connections, a newcomer that wants a port, and the hand that ends a socket from outside.

import { errnoName } from "../kernel/libc.ts";
import { destroySocket } from "../kernel/sock-diag.ts";
import type { Answer, TcpSocket } from "../kernel/tcp-socket.ts";
import { type End, otherEnd } from "../tcp/end.ts";
import type { Endpoint, Family } from "../tcp/segment.ts";
import type { World } from "../wire/world.ts";
import { refused, type StepResult, type StepRunner } from "./step-runner.ts";
import { waitFor } from "./wait.ts";

/** What a lab may do with sockets that are neither end. */
export interface OtherCalls {
  /**
   * Opens so many connections one after the other, from the client's address and a port of the kernel's choice to the
   * server's endpoint, where they listen themselves; each is closed by the client first. The outcome says how many, and
   * what refused the next: "10, then EADDRNOTAVAIL".
   */
  openAndClose(times: number): Promise<void>;
  /** A fresh socket asks for the address and port of an end (bind), and listens if it gets them. */
  bind(wanted: End, how?: { readonly reuseAddress?: boolean }): Promise<void>;
  /** Ends an end's socket from outside, as `ss -K` does (SOCK_DESTROY). */
  destroy(end: End): Promise<void>;
}

const BACKLOG = 64;

export class OtherSockets implements OtherCalls, Disposable {
  private readonly world: Pick<World, "inside" | "openSocket">;
  private readonly family: Family;
  private readonly endpoints: Readonly<Record<End, Endpoint>>;
  private readonly runner: StepRunner;
  private listener: TcpSocket | undefined;

  constructor(
    world: Pick<World, "inside" | "openSocket">,
    family: Family,
    endpoints: Readonly<Record<End, Endpoint>>,
    runner: StepRunner,
  ) {
    this.world = world;
    this.family = family;
    this.endpoints = endpoints;
    this.runner = runner;
  }

  openAndClose(times: number): Promise<void> {
    return this.call("open and close", async () => {
      this.listener ??= this.listen();
      let [opened, refusal] = [0, ""];
      for (; opened < times && refusal === ""; opened++) {
        const answer = await this.openAndCloseOne(this.listener);
        if (!answer.ok) refusal = answer.error;
        this.runner.readTape();
      }
      const count = refusal === "" ? String(opened) : `${opened - 1}, then ${refusal}`;
      return {
        sentence: `Others open and close up to ${times} connections, ports being the kernel's choice: ${count}.`,
        outcome: { ok: true, value: count },
      };
    });
  }

  bind(wanted: End, { reuseAddress = false } = {}): Promise<void> {
    const how = reuseAddress ? " with SO_REUSEADDR" : "";
    return this.call(`bind the ${wanted}'s port${how}`, () => {
      const socket = this.world.openSocket(this.family);
      try {
        socket.setOption("SO_REUSEADDR", reuseAddress ? 1 : 0);
        const bound = socket.bind(this.endpoints[wanted]);
        const answer = bound.ok ? socket.listen(BACKLOG) : bound;
        const came = answer.ok ? "it gets it, and listens" : answer.error;
        return {
          sentence: `A newcomer asks for the ${wanted}'s port ${this.endpoints[wanted].port}${how}: ${came}.`,
          outcome: answer.ok ? { ok: true } : answer,
        };
      } finally {
        socket.close();
      }
    });
  }

  destroy(end: End): Promise<void> {
    return this.call(`destroy the ${end}'s socket`, () => {
      const [local, remote] = [this.endpoints[end], this.endpoints[otherEnd(end)]];
      const errno = this.world.inside(() => destroySocket(this.family, local, remote));
      const outcome = errno === 0 ? ({ ok: true } as const) : refused(errnoName(errno));
      const came = outcome.ok ? "done" : outcome.error;
      return { sentence: `Somebody ends the ${end}'s socket from outside, as ss -K does: ${came}.`, outcome };
    });
  }

  [Symbol.dispose](): void {
    this.listener?.close();
  }

  private listen(): TcpSocket {
    const socket = this.world.openSocket(this.family);
    socket.setOption("SO_REUSEADDR", 1);
    for (const answer of [socket.bind(this.endpoints.server), socket.listen(BACKLOG)])
      if (!answer.ok) throw new Error(`others: listening on port ${this.endpoints.server.port}: ${answer.error}`);
    return socket;
  }

  private async openAndCloseOne(listener: TcpSocket): Promise<Answer<unknown>> {
    const client = this.world.openSocket(this.family);
    const connected = client.connect(this.endpoints.server);
    const accepted = connected.ok ? await waitFor(() => acceptedBy(listener)) : undefined;
    client.close();
    if (connected.ok && accepted === undefined) return refused("ETIMEDOUT");
    accepted?.close();
    return connected;
  }

  private call(name: string, execute: () => StepResult | Promise<StepResult>): Promise<void> {
    return this.runner.runStep({ actor: "lab", name: `others ${name}`, execute });
  }
}

function acceptedBy(listener: TcpSocket): TcpSocket | undefined {
  const answer = listener.accept();
  return answer.ok ? answer.value : undefined;
}

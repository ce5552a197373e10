// A node:net socket as an end of a free scene has it: with what arrived on it, and calls that come back with an outcome.

import type { Server, Socket } from "node:net";
import { refused, type StepResult } from "./step-runner.ts";

type Outcome = StepResult["outcome"];

/** A node:net socket with what arrived on it. */
export class NodeConnection {
  readonly socket: Socket;
  private readonly received: Buffer[] = [];
  private ended = false;
  error: string | undefined;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (data) => this.received.push(data));
    socket.on("end", () => {
      this.ended = true;
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.error = error.code ?? error.message;
    });
  }

  write(data: Uint8Array): Promise<Outcome> {
    return new Promise((resolve) =>
      this.socket.write(data, (error) => resolve(error ? refusedBy(error) : { ok: true, value: data.length })),
    );
  }

  /** Ends the sending direction; nothing to do where that was done before. */
  end(): Promise<Outcome> {
    if (this.socket.writableFinished) return Promise.resolve({ ok: true });
    // Node would keep the callback of a socket that is destroyed already, and never call it.
    if (this.socket.destroyed) return Promise.resolve(refused("ERR_STREAM_DESTROYED"));
    return new Promise((resolve) =>
      this.socket.end((error?: Error) => resolve(error ? refusedBy(error) : { ok: true })),
    );
  }

  take(): Uint8Array {
    return Buffer.concat(this.received.splice(0));
  }

  /** Whether so many octets, the end of the stream or an error have come. */
  hasReceived(octets: number): boolean {
    const come = this.received.reduce((sum, { length }) => sum + length, 0);
    return come >= octets || this.ended || this.error !== undefined;
  }
}

export const refusedBy = (error: NodeJS.ErrnoException) => refused(error.code ?? error.message);

/** Starts something and waits for its event, or for the error in its stead. */
export function settled(emitter: Server | Socket, event: string, start: () => void): Promise<Outcome> {
  return new Promise((resolve) => {
    const good = () => finish({ ok: true });
    const bad = (error: NodeJS.ErrnoException) => finish(refusedBy(error));
    const finish = (outcome: Outcome) => {
      emitter.off(event, good).off("error", bad);
      resolve(outcome);
    };
    emitter.once(event, good).once("error", bad);
    start();
  });
}

// A program in a process of its own, for what outlives the process that began it.

import { spawn } from "node:child_process";
import type { Visitable } from "../kernel/network-namespace.ts";
import type { Endpoint } from "../tcp/segment.ts";

const SCRIPT = `
const [host, port, localAddress, localPort] = process.argv.slice(1);
const socket = require("node:net").connect({ host, port, localAddress, localPort: Number(localPort) });
socket.on("connect", () => socket.end(() => process.exit(0)));
socket.on("error", ({ code }) => { process.stdout.write(code); process.exit(1); });
`;
const TIME_LIMIT_MS = 10_000;

export interface Ended {
  readonly pid: number | undefined;
  /** An errno by name, where the program could not connect. */
  readonly error?: string;
  /** What ended it before it was done. */
  readonly signal?: NodeJS.Signals;
}

/** Starts a program in `place` that connects, closes and exits, and waits until it is gone. */
export function runProgram(place: Visitable, local: Endpoint, remote: Endpoint): Promise<Ended> {
  const words = [remote.address, String(remote.port), local.address, String(local.port)];
  return new Promise((resolve, reject) => {
    const child = place.inside(() =>
      spawn(process.execPath, ["-e", SCRIPT, ...words], {
        stdio: ["ignore", "pipe", "ignore"],
        timeout: TIME_LIMIT_MS,
        killSignal: "SIGKILL",
      }),
    );
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    child.once("error", reject);
    child.once("close", (status, signal) => {
      const { pid } = child;
      if (signal !== null) resolve({ pid, signal });
      else resolve(status === 0 ? { pid } : { pid, error: said || `status ${status}` });
    });
  });
}

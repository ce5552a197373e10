// systeminformation, the peer that our readers of listings are held against: as it is, and with its command answered from memory.

import childProcess from "node:child_process";

type Exec = (command: string, options: object, done: (error: null, stdout: string, stderr: string) => void) => unknown;

export interface Peer {
  /** Its whole call: it starts a shell with netstat and grep, and reads what they print. */
  networkConnections(): Promise<readonly unknown[]>;
  /** Only its reading: as if its command had printed `output` at once. */
  readConnections(output: string): Promise<readonly unknown[]>;
}

export async function loadPeer(): Promise<Peer> {
  const processes = childProcess as unknown as { exec: Exec };
  const { exec } = processes;
  let answer: string | undefined;
  // It takes exec out of that module once, while it is loaded.
  processes.exec = (command, options, done) => {
    if (answer === undefined) return exec(command, options, done);
    process.nextTick(done, null, answer, "");
    answer = undefined;
    return undefined;
  };
  const { networkConnections } = await import("systeminformation");
  processes.exec = exec;
  return {
    networkConnections: () => networkConnections(),
    async readConnections(output) {
      answer = output;
      const connections = await networkConnections();
      if (answer !== undefined) throw new Error("bench: systeminformation was loaded before: it ran its own command");
      return connections;
    },
  };
}

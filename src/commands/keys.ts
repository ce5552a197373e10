// Reads a person's choices from standard input: single keys on a terminal, the first letter of each line elsewhere.

import { emitKeypressEvents } from "node:readline";
import { createInterface } from "node:readline/promises";

export interface Keys {
  /** "" is Enter; undefined when the input has ended. */
  next(): Promise<string | undefined>;
  end(): void;
}

const CTRL_C = "\u0003";

export const readKeys = (): Keys => (process.stdin.isTTY ? keysOfTerminal() : keysOfLines());

function keysOfTerminal(): Keys {
  const { stdin } = process;
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.resume();
  return {
    next: () =>
      new Promise((resolve) =>
        stdin.once("keypress", (text: string | undefined) =>
          resolve(text === CTRL_C ? undefined : text === "\r" || text === "\n" ? "" : (text ?? "")),
        ),
      ),
    end() {
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

function keysOfLines(): Keys {
  const lines = createInterface({ input: process.stdin });
  const iterator = lines[Symbol.asyncIterator]();
  return {
    async next() {
      const { value, done } = await iterator.next();
      return done ? undefined : value.trim().slice(0, 1);
    },
    end: () => lines.close(),
  };
}

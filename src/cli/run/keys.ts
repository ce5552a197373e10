// Reads a person's choices from standard input: single keys on a terminal, the first letter of each line elsewhere.

import { on } from "node:events";
import { emitKeypressEvents } from "node:readline";
import { createInterface } from "node:readline/promises";

export interface Keys {
  /** "" is Enter; undefined when the input has ended, or `signal` has come. What was typed ahead is kept. */
  next(signal: AbortSignal): Promise<string | undefined>;
  end(): void;
}

const CTRL_C = "\u0003";
const CTRL_D = "\u0004";

export function readKeys(): Keys {
  const { keys, end } = process.stdin.isTTY ? keysOfTerminal() : keysOfLines();
  const nextKey = async () => (await keys.next()).value ?? undefined;
  return { next: (signal) => unlessAborted(nextKey(), signal), end };
}

interface Input {
  readonly keys: AsyncIterator<string, void>;
  readonly end: () => void;
}

function keysOfTerminal(): Input {
  const { stdin } = process;
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  // A terminal that gives single keys no longer turns Ctrl-C into a signal: it must end what takes long, too.
  const interrupt = (text?: string) => text === CTRL_C && process.kill(process.pid, "SIGINT");
  stdin.on("keypress", interrupt);
  const presses: AsyncIterable<string[]> & AsyncIterator<string[]> = on(stdin, "keypress");
  return {
    keys: singleKeys(presses),
    end() {
      stdin.off("keypress", interrupt);
      void presses.return?.();
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

async function* singleKeys(presses: AsyncIterable<string[]>): AsyncGenerator<string, void> {
  for await (const [text = ""] of presses) {
    if (text === CTRL_D) return;
    if (text !== CTRL_C) yield text === "\r" || text === "\n" ? "" : text;
  }
}

function keysOfLines(): Input {
  const lines = createInterface({ input: process.stdin });
  // Asked for at once: lines that come before anybody listens would be lost (node:readline).
  const waiting = lines[Symbol.asyncIterator]();
  return { keys: firstLetters(waiting), end: () => lines.close() };
}

async function* firstLetters(lines: AsyncIterableIterator<string>): AsyncGenerator<string, void> {
  for await (const line of lines) yield line.trim().slice(0, 1);
}

/** Undefined when the signal comes first. */
function unlessAborted<T>(waiting: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const leave = () => resolve(undefined);
    if (signal.aborted) leave();
    signal.addEventListener("abort", leave, { once: true });
    waiting.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}

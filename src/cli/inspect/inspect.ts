// Shows the TCP sockets in saved output of ss, netstat or /proc/net/tcp, or of this machine. Loads no koffi: it runs anywhere.

import { parseAnyListing, UnknownListing } from "../../dialect/any-listing.ts";
import type { ListingEntry } from "../../dialect/listing-entry.ts";
import type { TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { UsageError } from "../../fault.ts";
import { wrap } from "../../report/terminal/columns.ts";
import { countByState, SocketTable } from "../../report/terminal/socket-table.ts";
import { printable } from "../../report/view/printable.ts";
import type { TcpState } from "../../tcp/state.ts";
import { styleOfTerminal } from "../style-of-terminal.ts";
import { inputOf } from "./input.ts";

const EXIT_UNREADABLE = 3;
/** So many sockets decide how wide the table's columns are. */
const WIDTH_SAMPLE = 1000;
/** Unreadable lines that are told; of the others the number. */
const TOLD = 10;
const LONGEST_TOLD = 100;

export interface InspectOptions {
  readonly json: boolean;
  readonly strict: boolean;
  readonly live: boolean;
  readonly byteOrder: "little" | "big";
}

/** 0, with --strict 3 when a line was unreadable. A UsageError when there is nothing to read. */
export async function inspect(file: string | undefined, options: InspectOptions): Promise<number> {
  const { name, chunks } = inputOf(file, options.live);
  const show = options.json ? new JsonArray() : new Table();
  const tally = new Tally();
  const reader = parseAnyListing((entry) => {
    tally.take(entry);
    if (entry.kind === "socket") show.take(entry.socket);
  }, options.byteOrder);
  try {
    for await (const chunk of chunks) {
      reader.write(chunk);
      await show.flush();
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof UnknownListing)) throw error;
    throw new UsageError(`inspect: reading ${name}: ${error.message}: ${HINT}`);
  }
  show.end();
  await show.flush();
  if (!options.json) await write(`${wrap(tally.sockets(), styleOfTerminal().columns, "", "  ")}\n`);
  process.stderr.write(tally.others());
  return options.strict && tally.unreadable > 0 ? EXIT_UNREADABLE : 0;
}

const HINT = 'pipe in what ss, netstat or "cat /proc/net/tcp" printed, as in: ss -tanp | npm run -s inspect';

/** What was in the listing, in numbers. */
class Tally {
  unreadable = 0;
  readonly #states = new Map<TcpState | undefined, number>();
  readonly #protocols = new Map<string, number>();
  readonly #told: string[] = [];

  take(entry: ListingEntry): void {
    if (entry.kind === "socket") increment(this.#states, entry.socket.state);
    else if (entry.kind === "other") increment(this.#protocols, entry.protocol);
    else if (entry.kind === "unreadable" && this.unreadable++ < TOLD)
      this.#told.push(`line ${entry.line}: ${printable(entry.reason)}: ${printable(entry.raw).slice(0, LONGEST_TOLD)}`);
  }

  sockets(): string {
    return countByState(this.#states);
  }

  others(): string {
    const protocols = [...this.#protocols].map(([protocol, count]) => `${count} ${protocol}`);
    const more = this.unreadable - this.#told.length;
    return [
      ...(protocols.length === 0 ? [] : [`left out, since they are not TCP: ${protocols.join(", ")}`]),
      ...(this.unreadable === 0 ? [] : [`unreadable: ${this.unreadable} ${this.unreadable === 1 ? "line" : "lines"}`]),
      ...this.#told.map((line) => `  ${line}`),
      ...(more === 0 ? [] : [`  and ${more} more`]),
    ]
      .map((line) => `${line}\n`)
      .join("");
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What is to be printed, until it is; a listing may be longer than memory. */
abstract class Output {
  protected text = "";
  abstract take(socket: TcpSocketRecord): void;
  abstract end(): void;

  async flush(): Promise<void> {
    const { text } = this;
    this.text = "";
    if (text !== "") await write(text);
  }
}

class JsonArray extends Output {
  #separator = "[\n";

  take(socket: TcpSocketRecord): void {
    this.text += `${this.#separator}${JSON.stringify(socket)}`;
    this.#separator = ",\n";
  }

  end(): void {
    this.text += this.#separator === "[\n" ? "[]\n" : "\n]\n";
  }
}

class Table extends Output {
  #table: SocketTable | undefined;
  #first: TcpSocketRecord[] = [];

  take(socket: TcpSocketRecord): void {
    if (this.#table !== undefined) this.text += `${this.#table.rows(socket)}\n`;
    else if (this.#first.push(socket) === WIDTH_SAMPLE) this.#begin();
  }

  end(): void {
    this.#begin();
    if (this.text !== "") this.text += "\n";
  }

  #begin(): void {
    if (this.#table !== undefined || this.#first.length === 0) return;
    this.#table = new SocketTable(this.#first, styleOfTerminal().columns);
    this.text += `${this.#table.heads()}\n`;
    for (const socket of this.#first) this.text += `${this.#table.rows(socket)}\n`;
    this.#first = [];
  }
}

/** Waits until the text is taken. A reader that has gone away (| head) ends the program, without a complaint. */
function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error) resolve();
      else if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
      else reject(error);
    });
  });
}

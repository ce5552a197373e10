// Sockets as a table for the terminal: one line each where the terminal is wide enough, else a second, indented one.

import type { SocketEndpoint, SocketOwner, SocketTimer, TcpSocketRecord } from "../../dialect/tcp-socket.ts";
import { STATES, type TcpState } from "../../tcp/state.ts";
import { printable } from "../view/printable.ts";
import { columnsOf, padded } from "./columns.ts";

const NOT_SAID = "(not said)";
const INDENT = "    ";
const GAP = "  ";
const WIDEST_STATE = 11;
/** The any-address looks the same in both. */
const VERSIONS = { ipv4: "4", ipv6: "6", unknown: "?" } as const;
const WIDEST_VERSION = "IP".length;

/** The columns are as wide as the first of the sockets need; a longer entry pushes its neighbours aside. */
export class SocketTable {
  readonly #widths: readonly [local: number, remote: number];
  readonly #columns: number;

  constructor(first: readonly TcpSocketRecord[], columns: number) {
    // A third of the line for each end and for the details: the few longer ones must not push all others aside.
    const most = Math.floor((columns - WIDEST_STATE - WIDEST_VERSION - 4 * GAP.length) / 3);
    const widest = (texts: readonly string[]) => texts.reduce((width, text) => Math.max(width, columnsOf(text)), 0);
    const fitting = (texts: readonly string[]) => Math.min(most, widest(texts));
    this.#widths = [
      fitting(first.map(({ local }) => format(local))),
      fitting(first.map(({ remote }) => format(remote))),
    ];
    this.#columns = columns;
  }

  heads(): string {
    return this.#line("STATE", "IP", "LOCAL", "REMOTE", "");
  }

  rows(socket: TcpSocketRecord): string {
    return this.#line(
      socket.state ?? NOT_SAID,
      VERSIONS[socket.family ?? "unknown"],
      format(socket.local),
      format(socket.remote),
      detailsOf(socket),
    );
  }

  #line(state: string, version: string, local: string, remote: string, details: string): string {
    const [localWidth, remoteWidth] = this.#widths;
    const start = [state.padEnd(WIDEST_STATE), version.padEnd(WIDEST_VERSION), padded(local, localWidth)].join(GAP);
    const ends = `${start}${GAP}${padded(remote, remoteWidth)}`;
    if (columnsOf(ends.trimEnd()) > this.#columns)
      return [start.trimEnd(), remote, details].filter(Boolean).join(`\n${INDENT}`);
    const whole = `${ends}${GAP}${details}`.trimEnd();
    return columnsOf(whole) <= this.#columns || details === "" ? whole : `${ends.trimEnd()}\n${INDENT}${details}`;
  }
}

/** As in a URL: an IPv6 address in brackets. What may be cut off ends in "...". */
export function format({ address, port, service, zone, cut }: SocketEndpoint): string {
  const host = `${address}${cut ? "..." : ""}${zone === undefined ? "" : `%${zone}`}`;
  return printable(`${address.includes(":") ? `[${host}]` : host}:${port === 0 ? "*" : (port ?? service ?? "?")}`);
}

function detailsOf({ state, receiveQueue = 0, sendQueue = 0, timer, owners = [] }: TcpSocketRecord): string {
  const queues = state === "LISTEN" ? backlog(receiveQueue, sendQueue) : unread(receiveQueue, sendQueue);
  return [...queues, ...(timer ? [formatTimer(timer)] : []), ...formatOwners(owners)].join(", ");
}

const backlog = (waiting: number, limit: number): readonly string[] =>
  waiting === 0 ? [] : [`${waiting}${limit === 0 ? "" : ` of ${limit}`} wait for accept`];

const unread = (receiveQueue: number, sendQueue: number): readonly string[] => [
  ...(receiveQueue === 0 ? [] : [`${receiveQueue} B unread`]),
  ...(sendQueue === 0 ? [] : [`${sendQueue} B unacknowledged`]),
];

function formatTimer({ kind, milliseconds, precisionMilliseconds = 1, retransmissions }: SocketTimer): string {
  const isRough = precisionMilliseconds >= 1000;
  const time = isRough ? `${milliseconds / 1000}+ s` : `${milliseconds / 1000} s`;
  return `${kind} in ${time}${retransmissions === 0 ? "" : ` (${retransmissions} so far)`}`;
}

/** One process is told once, however many descriptors it has. */
function formatOwners(owners: readonly SocketOwner[]): readonly string[] {
  const names = owners.map(({ name, component, pid, cut }) => {
    const shown = name ?? component;
    const text = shown === undefined ? "" : formatName(shown);
    return `${text}${cut ? "..." : ""}${pid === undefined ? "" : `[${pid}]`}`;
  });
  return [...new Set(names)];
}

/** Control characters as JSON writes them; in quotes where blanks at its ends, or nothing at all, would not be seen. */
function formatName(name: string): string {
  const shown = name.replace(/\p{C}/gu, (character) => JSON.stringify(character).slice(1, -1));
  return shown === "" || shown.trim() !== shown ? `"${shown}"` : shown;
}

/** "80 sockets: 43 LISTEN, 22 ESTABLISHED, ...", in the document's order of states. */
export function countByState(counts: ReadonlyMap<TcpState | undefined, number>): string {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const parts = [...STATES, undefined].flatMap((state) => {
    const count = counts.get(state);
    return count === undefined ? [] : [`${count} ${state ?? "whose state is not said"}`];
  });
  return `${total} ${total === 1 ? "socket" : "sockets"}${parts.length === 0 ? "" : `: ${parts.join(", ")}`}`;
}

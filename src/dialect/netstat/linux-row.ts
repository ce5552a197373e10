// One TCP row of netstat on Linux: net-tools (netstat.c) or busybox (networking/netstat.c).

import type { Family } from "../../tcp/segment.ts";
import type { TcpState } from "../../tcp/state.ts";
import type { SocketEndpoint } from "../tcp-socket.ts";
import { ColonEndpoints } from "../text/colon-endpoint.ts";
import { exactText } from "../text/exact-text.ts";
import { familyOfForm } from "../text/host.ts";
import { type OctetText, tokenEnd } from "../text/scan.ts";
import { WordTable } from "../text/word-table.ts";
import { type LinuxColumns, readTail, type UnfinishedRecord } from "./linux-tail.ts";
import type { ReadRow, TcpColumns } from "./tcp-columns.ts";

/** tcp_state[] of net-tools; a longer word stands before one that it begins with. */
const STATES: ReadonlyMap<string, TcpState> = new Map([
  ["ESTABLISHED", "ESTABLISHED"],
  ["SYN_SENT", "SYN_SENT"],
  ["SYN_RECV", "SYN_RCVD"],
  ["FIN_WAIT1", "FIN_WAIT_1"],
  ["FIN_WAIT2", "FIN_WAIT_2"],
  ["TIME_WAIT", "TIME_WAIT"],
  ["CLOSE_WAIT", "CLOSE_WAIT"],
  ["CLOSING", "CLOSING"],
  ["CLOSE", "CLOSED"],
  ["LAST_ACK", "LAST_ACK"],
  ["LISTEN", "LISTEN"],
]);
/** Without -W net-tools cuts an address so that it and the port fill this many characters. */
const FULL_FIELD = 23;
/** Both print it after "Foreign Address", but busybox one column wider. */
const BUSYBOX_HEADS = /State {7,}$/;

export class LinuxRows {
  #columns: LinuxColumns | undefined;
  #tool: "net-tools" | "busybox" | undefined;
  /** A longer field was seen, so nothing is cut (-W, busybox). */
  #isWide = false;
  readonly #endpoints = new ColonEndpoints();

  noticeHeads(heads: string): void {
    this.#columns = {
      user: / User +Inode/.test(heads),
      program: heads.includes("PID/Program"),
      context: heads.includes("Security Context"),
      timer: / Timer/.test(heads),
    };
    const hasMore = this.#columns.user || this.#columns.timer;
    this.#tool = hasMore ? "net-tools" : this.#columns.program ? undefined : this.#toolOf(heads);
    this.#isWide = false;
  }

  /** The heads come without their trailing blanks where the line was trimmed: then nobody knows. */
  #toolOf(heads: string): "net-tools" | "busybox" | undefined {
    if (BUSYBOX_HEADS.test(heads)) return "busybox";
    return / State {6}$/.test(heads) ? "net-tools" : undefined;
  }

  read(columns: TcpColumns): ReadRow {
    const { piece, receiveQueue, sendQueue } = columns;
    if (columns.protocol === "tcp6") this.#tool ??= "net-tools";
    this.#isWide ||=
      Math.max(columns.localEnd - columns.localStart, columns.remoteEnd - columns.remoteStart) > FULL_FIELD;
    const local = this.#endpoint(piece, columns.localStart, columns.localEnd);
    const remote = this.#endpoint(piece, columns.remoteStart, columns.remoteEnd);
    if (local === undefined) return `the local address is "${exactText(columns.local)}"`;
    if (remote === undefined) return `the foreign address is "${exactText(columns.remote)}"`;
    const { text, octets } = piece;
    const start = columns.restStart;
    const wordEnd = tokenEnd(octets, start, columns.end);
    const word = WHOLE_STATES.find(octets, start, wordEnd) ?? gluedState(text.slice(start, wordEnd));
    const state = STATES.get(word);
    if (state === undefined) return `no such state "${exactText(word)}" in English: run it with LC_ALL=C`;
    const family = columns.protocol === "tcp6" ? "ipv6" : this.#familyOf(local, remote);
    const ends = { local: asFamily(local.endpoint, family), remote: asFamily(remote.endpoint, family) };
    const record: UnfinishedRecord =
      family === undefined
        ? { protocol: "tcp", state, local: ends.local, remote: ends.remote, receiveQueue, sendQueue }
        : { protocol: "tcp", family, state, local: ends.local, remote: ends.remote, receiveQueue, sendQueue };
    return readTail(text.slice(start + word.length, columns.end), this.#columns, record) ?? record;
  }

  /** busybox, and net-tools 1.60 on some systems, say tcp for IPv6, too; where both ends are names nobody can tell then. */
  #familyOf(local: ReadEndpoint, remote: ReadEndpoint): Family | undefined {
    return local.family ?? remote.family ?? (this.#tool === "net-tools" ? "ipv4" : undefined);
  }

  #endpoint(piece: OctetText, start: number, end: number): ReadEndpoint | undefined {
    const endpoint = this.#endpoints.read(piece, start, end);
    const mayBeCut = end - start === FULL_FIELD && !this.#isWide && this.#tool !== "busybox";
    if (endpoint === undefined) return mayBeCut ? cutEndpoint(piece.text.slice(start, end)) : undefined;
    const family = familyOfForm(this.#endpoints.form);
    return { endpoint: mayBeCut ? { ...endpoint, cut: true } : endpoint, family };
  }
}

const WHOLE_STATES = new WordTable([...STATES.keys()].map((word) => [word, word] as const));

/** The state that the word begins with, since net-tools 1.60 leaves no blank behind it; else the word. */
function gluedState(word: string): string {
  for (const state of STATES.keys()) if (word.startsWith(state)) return state;
  return word;
}

interface ReadEndpoint {
  readonly endpoint: SocketEndpoint;
  readonly family: Family | undefined;
}

/** An IPv6 address that was cut at a place where it is no address. */
function cutEndpoint(text: string): ReadEndpoint | undefined {
  const [, address, digits = ""] = /^([0-9a-f:.]*:[0-9a-f:.]*):(\d{1,5})$/.exec(text) ?? [];
  if (address === undefined || Number(digits) > 0xffff) return undefined;
  return { endpoint: { address, port: Number(digits), cut: true }, family: "ipv6" };
}

/** net-tools 2 prints an IPv4-mapped address without its prefix. */
function asFamily(endpoint: SocketEndpoint, family: Family | undefined): SocketEndpoint {
  const isMapped = family === "ipv6" && /^\d+\.\d+\.\d+\.\d+$/.test(endpoint.address);
  return isMapped ? { ...endpoint, address: `::ffff:${endpoint.address}` } : endpoint;
}
